package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/**
 * A data set in a NumPy {@code .npz} file with MedMNIST's arrays: {@code train_images}, {@code
 * val_images}, {@code test_images} of uint8 (n, H, W) or (n, H, W, 1 | 3) and {@code train_labels},
 * {@code val_labels}, {@code test_labels} of any integer type, 0 to 65,535, (n) or (n, 1).
 *
 * <p>Image names are taken from {@code train_names}, {@code val_names}, {@code test_names} if there
 * are such arrays of fixed-width unicode, else they are {@code train/000000} and so on. Other
 * arrays are ignored. The digest is the SHA-256 of the file.
 *
 * @param name the data set's name in reports
 * @param classNames one name per label; empty: MedMNIST's names if the file is named like one of
 *     its sets ({@code bloodmnist*.npz}) and its labels fit, else "class 0", "class 1", ...
 * @param storage decides what fits into memory; beyond that, uncompressed images are read in place,
 *     others are unpacked to a file once
 */
public record NpzSource(Path path, String name, List<String> classNames, ImageStorage storage)
    implements DataSource {

  /** Keeps its images in memory, however many. */
  public NpzSource(Path path, String name, List<String> classNames) {
    this(path, name, classNames, ImageStorage.memory(notice -> {}));
  }

  public NpzSource {
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads the file.
   *
   * @throws DataException if the file is missing, truncated or not a zip file, an array is missing
   *     or has an unsupported type or shape, or images and labels differ in number
   */
  @Override
  public Dataset load() {
    try (var reader = NpzReader.open(path)) {
      var train = part(reader, "train");
      var validation = part(reader, "val");
      var test = part(reader, "test");
      int classes =
          IntStream.of(largest(train), largest(validation), largest(test)).max().orElse(-1) + 1;
      var dataset =
          new Dataset(name, namesFor(classes), train, validation, test, Sha256.ofFile(path));
      if (fits(reader)) {
        Duplicates.ofPixels(dataset).sentences().forEach(storage.notices());
      }
      return dataset;
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  /** All of them have one size. */
  @Override
  public Optional<ImageSizes> trainingSizes() {
    try (var reader = NpzReader.open(path)) {
      var shape = reader.imageShape("train_images");
      return Optional.of(
          new ImageSizes(List.of(new ImageSizes.Size(shape.width(), shape.height()))));
    }
  }

  private LabeledImages part(NpzReader reader, String part) {
    var images =
        fits(reader)
            ? reader.images(part + "_images")
            : new NpzImages(reader, storage).images(part + "_images");
    var labels = reader.labels(part + "_labels");
    if (images.count() != labels.length) {
      throw new DataException(
          "%s: %d %s_images but %d %s_labels: there must be one label per image"
              .formatted(path, images.count(), part, labels.length, part));
    }
    var names = reader.texts(part + "_names");
    if (names.isPresent() && names.get().size() != labels.length) {
      throw new DataException(
          "%s: %d %s_images but %d %s_names: there must be one name per image"
              .formatted(path, images.count(), part, names.get().size(), part));
    }
    return new LabeledImages(images, labels, names.orElseGet(() -> numbered(part, labels.length)));
  }

  private boolean fits(NpzReader reader) {
    return storage.fits(
        Stream.of("train", "val", "test")
            .mapToLong(part -> reader.imageBytes(part + "_images"))
            .sum());
  }

  private List<String> namesFor(int classes) {
    if (!classNames.isEmpty()) {
      return classNames;
    }
    return MedMnist.ofFile(path)
        .map(MedMnist::classNames)
        .filter(names -> names.size() >= classes)
        .orElseGet(() -> IntStream.range(0, classes).mapToObj(id -> "class " + id).toList());
  }

  private static List<String> numbered(String part, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s/%06d".formatted(part, i)).toList();
  }

  private static int largest(LabeledImages part) {
    return Arrays.stream(part.labels()).max().orElse(-1);
  }
}
