package org.openmargin.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderDigests.HashedFile;
import org.openmargin.files.PathHints;
import org.openmargin.files.Sha256;
import org.openmargin.files.image.LevelRule;

/**
 * Image files in folders, one folder per class. Symbolic links are followed.
 *
 * <p>If there are parent folders {@code train/}, {@code val/} and {@code test/}, in any usual
 * spelling, they define the division; without {@code val/}, validation images are taken from {@code
 * train/}. Without any of them, the images are divided by a seeded stratified split. An image's
 * name is its path below the root; the digest covers names and bytes of all files in order. Decoded
 * images that do not fit into memory, or are many, go to a file that later starts read; it is
 * rewritten if the contents of an image file have changed. {@link ImageFiles} describes decoding.
 *
 * @param path the root folder
 * @param name the data set's name in reports
 * @param settings size, colour, class names, division
 * @param storage keeps the decoded images; its notices also receive a sentence about skipped files
 */
public record FolderSource(Path path, String name, Settings settings, ImageStorage storage)
    implements DataSource {

  /** Change this if decoding the same file gives different pixels than before. */
  private static final String DECODING = "2";

  /** Files that together are larger are decoded once only: the pixels are kept for later starts. */
  private static final long KEPT_FROM_BYTES = 16 << 20;

  /** Training images whose sizes are looked at. */
  private static final int MEASURED = 512;

  /** Keeps its images in memory, however many. */
  public FolderSource(Path path, String name, Settings settings, Consumer<String> warnings) {
    this(path, name, settings, ImageStorage.memory(warnings));
  }

  /**
   * How images are read.
   *
   * @param geometry crop and size
   * @param channels 1 (grey) or 3 (RGB)
   * @param classNames folder names in label order; empty: all class folders, sorted by name
   * @param fractions division if sub-folders do not define it
   * @param levels for values of more than 8 bits
   */
  public record Settings(
      ImageGeometry geometry,
      int channels,
      List<String> classNames,
      SplitFractions fractions,
      LevelRule levels) {

    /** With {@link LevelRule#DEFAULT}. */
    public Settings(
        ImageGeometry geometry, int channels, List<String> classNames, SplitFractions fractions) {
      this(geometry, channels, classNames, fractions, LevelRule.DEFAULT);
    }

    public Settings {
      classNames = List.copyOf(classNames);
      if (channels != 1 && channels != 3) {
        throw new DataException("channels %d: must be 1 (grey) or 3 (RGB)".formatted(channels));
      }
      if (Set.copyOf(classNames).size() != classNames.size()) {
        throw new DataException("class names %s: list each once".formatted(classNames));
      }
    }

    ImageShape shape() {
      return new ImageShape(geometry.heightPx(), geometry.widthPx(), channels);
    }
  }

  /**
   * Reads all files.
   *
   * @throws DataException if there is no such folder, it has no class folders, a class folder has
   *     no images or too few to divide, class names and folders differ, or files cannot be decoded
   *     (all in one message)
   */
  @Override
  public Dataset load() {
    if (!Files.isDirectory(path)) {
      throw new DataException(
          path + ": no such folder; expected a folder of class folders" + PathHints.missing(path));
    }
    var scan = new FolderScan(path);
    var parts = new FolderDivision(path, scan, settings).parts();
    scan.warning().ifPresent(storage.notices());
    var files = FolderDigests.of(parts.files());
    var kept = kept(files);
    var train = parts.train().size();
    var validation = parts.validation().size();
    var dataset =
        new Dataset(
            name,
            parts.names(),
            part(scan, parts.train(), kept.range(0, train)),
            part(scan, parts.validation(), kept.range(train, validation)),
            part(scan, parts.test(), kept.range(train + validation, parts.test().size())),
            digest(scan, files));
    Duplicates.ofFiles(dataset, files).sentences().forEach(storage.notices());
    return dataset;
  }

  @Override
  public Optional<ImageSizes> trainingSizes() {
    var files = new FolderDivision(path, new FolderScan(path), settings).parts().train();
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
    var decoder = new FolderImages(settings, storage.work());
    ImageStorage.Filling filling =
        sink -> {
          decoder.decode(files, sink);
          return String.join("\n", decoder.sentences());
        };
    var storing = bytes >= KEPT_FROM_BYTES ? storage.withFilesForLaterStarts() : storage;
    var kept = storing.keep(origin(files), settings.shape(), files.size(), filling);
    kept.remarks().lines().forEach(line -> storage.notices().accept(name + ": " + line));
    return kept.images();
  }

  /** Over names and contents, in order. */
  private static String digest(FolderScan scan, List<HashedFile> files) {
    var digest = new Sha256();
    files.forEach(file -> digest.add(scan.id(file.file())).add(file.sha256()));
    return digest.hex();
  }

  private static LabeledImages part(
      FolderScan scan, List<FolderDivision.LabeledFile> files, Images images) {
    var labels = files.stream().mapToInt(FolderDivision.LabeledFile::label).toArray();
    return new LabeledImages(images, labels, files.stream().map(f -> scan.id(f.file())).toList());
  }

  private ImageStorage.Origin origin(List<HashedFile> files) {
    var form =
        "%s %s %s".formatted(settings.geometry(), settings.shape(), DECODING)
            + (settings.levels().equals(LevelRule.DEFAULT) ? "" : " " + settings.levels());
    return new ImageStorage.Origin(
        name,
        path.toAbsolutePath().normalize() + " " + form,
        () -> {
          var key = new StringBuilder(form);
          files.forEach(file -> key.append('\n').append(file.sha256()));
          return key.toString();
        });
  }
}
