package org.openmargin.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.SplitFractions;
import org.openmargin.files.PathHints;

/**
 * What lies in a folder of class folders, or is listed in a table: counted from all names, measured
 * on a sample of the images.
 *
 * @param images number of images of each class, in all parts together
 * @param hasTestFolder whether folders, or a column, divide training and test images
 * @param hasValidationFolder whether a folder holds the validation images, or a column names them
 * @param shorterSides of the sampled images, px, ascending; at least one
 * @param coloured whether a sampled image is not grey
 * @param skipped files that are no images, in one sentence
 */
public record FolderOverview(
    Map<String, Integer> images,
    boolean hasTestFolder,
    boolean hasValidationFolder,
    List<Integer> shorterSides,
    boolean coloured,
    Optional<String> skipped) {
  /** Images that are measured. */
  public static final int SAMPLE = 64;

  public FolderOverview {
    shorterSides = shorterSides.stream().sorted().toList();
  }

  /**
   * @throws DataException if a {@link FolderSource} could not use the folder, or a sampled image
   *     cannot be decoded
   */
  public static FolderOverview of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + ": no such folder; expected a folder of class folders"
              + PathHints.missing(folder));
    }
    var scan = new FolderScan(folder);
    // Size and channels are not used to divide files.
    var any =
        new FolderSource.Settings(
            new ImageGeometry(OptionalInt.empty(), 1, 1), 3, List.of(), SplitFractions.DEFAULT);
    var parts = new FolderDivision(folder, scan, any).parts();
    var train = above(folder, parts, parts.train());
    return of(
        parts,
        !train.equals(above(folder, parts, parts.test())),
        !train.equals(above(folder, parts, parts.validation())),
        scan.warning());
  }

  /**
   * @param hasTest whether the test images are given
   * @param hasValidation whether the validation images are given
   * @throws DataException if a sampled image cannot be decoded
   */
  public static FolderOverview of(
      FileParts parts, boolean hasTest, boolean hasValidation, Optional<String> skipped) {
    var images = new LinkedHashMap<String, Integer>();
    parts.names().forEach(name -> images.put(name, 0));
    parts.files().forEach(file -> images.merge(parts.names().get(file.label()), 1, Integer::sum));
    return of(images, hasTest, hasValidation, sample(parts.files()), skipped);
  }

  /**
   * @param counts of each class
   * @param sample decoded images, at least one
   */
  public static FolderOverview of(
      Map<String, Integer> counts,
      boolean hasTest,
      boolean hasValidation,
      List<Images> sample,
      Optional<String> skipped) {
    return new FolderOverview(
        counts,
        hasTest,
        hasValidation,
        sample.stream().map(image -> Math.min(image.height(), image.width())).toList(),
        sample.stream().anyMatch(FolderOverview::isColoured),
        skipped);
  }

  /** Of a data set whose parts are given. */
  public static FolderOverview of(Dataset dataset) {
    var counts = new LinkedHashMap<String, Integer>();
    dataset.classNames().forEach(name -> counts.put(name, 0));
    dataset.entries().forEach(entry -> counts.merge(entry.label(), 1, Integer::sum));
    var train = dataset.train().images();
    var count = Math.min(SAMPLE, train.count());
    var sample =
        IntStream.range(0, count)
            .mapToObj(i -> train.range((int) ((long) i * train.count() / count), 1))
            .toList();
    return of(counts, true, true, sample, Optional.empty());
  }

  /** Images of all classes. */
  public int total() {
    return images.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The folder above the class folders of a part, relative to the root; empty for the root. */
  private static Path above(Path root, FileParts parts, List<LabeledFile> files) {
    if (files.isEmpty()) {
      return Path.of("");
    }
    var first = root.relativize(files.get(0).file());
    var isClass = first.getName(0).toString().equals(parts.names().get(files.get(0).label()));
    return isClass ? Path.of("") : first.getName(0);
  }

  private static List<Images> sample(List<LabeledFile> files) {
    var count = Math.min(SAMPLE, files.size());
    var images = new ArrayList<Images>();
    for (var i = 0; i < count; i++) {
      images.add(ImageFiles.decode(files.get((int) ((long) i * files.size() / count)).file(), 3));
    }
    return images;
  }

  private static boolean isColoured(Images image) {
    if (image.channels() == 1) {
      return false;
    }
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    return IntStream.range(0, pixels.length / 3)
        .mapToObj(i -> Arrays.copyOfRange(pixels, 3 * i, 3 * i + 3))
        .anyMatch(rgb -> rgb[0] != rgb[1] || rgb[1] != rgb[2]);
  }
}
