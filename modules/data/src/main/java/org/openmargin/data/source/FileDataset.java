package org.openmargin.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.pixels.ReadingPlan;
import org.openmargin.data.source.FolderDigests.HashedFile;
import org.openmargin.files.Sha256;
import org.openmargin.files.image.LevelRule;

/**
 * Image files as a data set. Decoded images that do not fit into memory, or are many, go to a file
 * that later starts read; it is rewritten if the contents of an image file have changed.
 *
 * @param name the data set's name in reports
 * @param place the folder or table that lists the files
 * @param form of the pixels
 * @param storage keeps them; its notices receive what a user may not expect
 */
public record FileDataset(String name, Path place, PixelForm form, ImageStorage storage) {

  /** Change this if decoding the same file gives different pixels than before. */
  private static final String DECODING = "2";

  /** Files that together are larger are decoded once only: the pixels are kept for later starts. */
  private static final long KEPT_FROM_BYTES = 16 << 20;

  /** Training images whose sizes are looked at. */
  private static final int MEASURED = 512;

  /**
   * Decodes all files. The digest covers ids, groups and bytes of all files in order.
   *
   * @throws org.openmargin.data.DataException naming the files that cannot be read or decoded
   */
  public Dataset of(FileParts parts) {
    var files = FolderDigests.of(parts.files(), storage.work());
    var kept = kept(files);
    var train = parts.train().size();
    var validation = parts.validation().size();
    var dataset =
        new Dataset(
            name,
            parts.names(),
            part(parts.train(), kept.range(0, train)),
            part(parts.validation(), kept.range(train, validation)),
            part(parts.test(), kept.range(train + validation, parts.test().size())),
            digest(files));
    Duplicates.ofFiles(dataset, files).sentences().forEach(storage.notices());
    return dataset;
  }

  /** Sizes of a sample of the files; empty if none can be read. */
  public static Optional<ImageSizes> sizes(List<LabeledFile> files) {
    var count = Math.min(MEASURED, files.size());
    var sizes =
        IntStream.range(0, count)
            .mapToObj(i -> files.get((int) ((long) i * files.size() / count)).file())
            .map(StoredSize::of)
            .flatMap(Optional::stream)
            .toList();
    return sizes.isEmpty() ? Optional.empty() : Optional.of(new ImageSizes(sizes));
  }

  private Images kept(List<HashedFile> files) {
    var bytes = files.stream().mapToLong(HashedFile::bytes).sum();
    var decoder = new FolderImages(form, storage.work());
    ImageStorage.Filling filling =
        sink -> {
          if (bytes >= KEPT_FROM_BYTES) {
            storage.notices().accept(name + ": " + plan(files));
          }
          decoder.decode(files, sink);
          return String.join("\n", decoder.sentences());
        };
    var storing = bytes >= KEPT_FROM_BYTES ? storage.withFilesForLaterStarts() : storage;
    var kept = storing.keep(origin(files), form.shape(), files.size(), filling);
    kept.remarks().lines().forEach(line -> storage.notices().accept(name + ": " + line));
    return kept.images();
  }

  private ReadingPlan plan(List<HashedFile> files) {
    return ReadingPlan.of(
        storage,
        form.shape(),
        files.stream().map(HashedFile::bytes).toList(),
        sizes(files.stream().map(HashedFile::file).toList()));
  }

  private static String digest(List<HashedFile> files) {
    var digest = new Sha256();
    for (var file : files) {
      digest.add(file.file().id());
      if (!file.file().group().isEmpty()) {
        digest.add(file.file().group());
      }
      digest.add(file.sha256());
    }
    return digest.hex();
  }

  private static LabeledImages part(List<LabeledFile> files, Images images) {
    var labels = files.stream().mapToInt(LabeledFile::label).toArray();
    var ids = files.stream().map(LabeledFile::id).toList();
    var grouped = files.stream().anyMatch(file -> !file.group().isEmpty());
    var groups = grouped ? files.stream().map(LabeledFile::group).toList() : List.<String>of();
    return new LabeledImages(images, labels, ids, groups);
  }

  private ImageStorage.Origin origin(List<HashedFile> files) {
    var key =
        "%s %s %s".formatted(form.geometry(), form.shape(), DECODING)
            + (form.levels().equals(LevelRule.DEFAULT) ? "" : " " + form.levels());
    return new ImageStorage.Origin(
        name,
        place.toAbsolutePath().normalize() + " " + key,
        () -> {
          var all = new StringBuilder(key);
          files.forEach(file -> all.append('\n').append(file.content()));
          return all.toString();
        });
  }
}
