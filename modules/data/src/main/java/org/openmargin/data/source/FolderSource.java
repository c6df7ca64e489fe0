package org.openmargin.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.pixels.PixelFile;

/**
 * PNG and JPEG files in folders, one folder per class.
 *
 * <p>With {@code train/}, {@code val/} (or {@code validation/}) and {@code test/} above the class
 * folders, these say which image is for what; without {@code val/} the validation images are taken
 * out of {@code train/}. Without {@code train/} the images are divided by a seeded stratified
 * split. An image's name is its path below the root; the digest covers names and bytes of all files
 * in order. Decoded images that are too many for the memory go to a file, made anew when the name,
 * size or time of a file has changed. See {@link ImageFiles} for how a file becomes pixels, and
 * that EXIF orientation is ignored.
 *
 * @param path the root folder
 * @param name what reports call the data set
 * @param settings size, colour, class names, division
 * @param storage keeps the decoded images; its notices hear, in one sentence, which files were
 *     skipped
 */
public record FolderSource(Path path, String name, Settings settings, ImageStorage storage)
    implements DataSource {

  /** Changes whenever the same file gives other pixels than before. */
  private static final String DECODING = "1";

  /**
   * A source that keeps its images in memory.
   *
   * @param path the root folder
   * @param name what reports call the data set
   * @param settings size, colour, class names, division
   * @param warnings hears, in one sentence, which files were skipped
   */
  public FolderSource(Path path, String name, Settings settings, Consumer<String> warnings) {
    this(path, name, settings, ImageStorage.memory(warnings));
  }

  /**
   * How images are read.
   *
   * @param geometry crop and size
   * @param channels 1 (grey) or 3 (RGB)
   * @param classNames folder names in label order; empty: all class folders, sorted by name
   * @param fractions division where sub-folders do not say it
   */
  public record Settings(
      ImageGeometry geometry, int channels, List<String> classNames, SplitFractions fractions) {

    /** Checks channels and names. */
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
   * @throws DataException when there is no such folder, it has no class folders, a class folder has
   *     no image or too few to divide, class names and folders differ, or files cannot be decoded
   *     (all of them in one message)
   */
  @Override
  public Dataset load() {
    if (!Files.isDirectory(path)) {
      throw new DataException(
          path + ": no such folder; a folder of class folders is expected here");
    }
    FolderScan scan = new FolderScan(path);
    Parts parts =
        scan.subFolder("train")
            .map(train -> bySubFolder(scan, train))
            .orElseGet(() -> byFractions(scan));
    scan.warning().ifPresent(storage.notices());
    List<LabeledFile> files = parts.files();
    FolderImages decoder = new FolderImages(scan, settings);
    PixelFile kept =
        storage.keep(
            origin(scan, files),
            settings.shape(),
            files.size(),
            sink -> decoder.decode(files, sink));
    int train = parts.train().size();
    int validation = parts.validation().size();
    return new Dataset(
        name,
        parts.names(),
        part(scan, parts.train(), kept.images().range(0, train)),
        part(scan, parts.validation(), kept.images().range(train, validation)),
        part(scan, parts.test(), kept.images().range(train + validation, parts.test().size())),
        kept.digest());
  }

  private static LabeledImages part(FolderScan scan, List<LabeledFile> files, Images images) {
    int[] labels = files.stream().mapToInt(LabeledFile::label).toArray();
    return new LabeledImages(images, labels, files.stream().map(f -> scan.id(f.file())).toList());
  }

  private ImageStorage.Origin origin(FolderScan scan, List<LabeledFile> files) {
    String form = "%s %s %s".formatted(settings.geometry(), settings.shape(), DECODING);
    return new ImageStorage.Origin(
        name,
        path.toAbsolutePath().normalize() + " " + form,
        () -> {
          StringBuilder key = new StringBuilder(form);
          files.forEach(file -> key.append('\n').append(scan.stamp(file.file())));
          return key.toString();
        });
  }

  private Parts bySubFolder(FolderScan scan, Path trainFolder) {
    Path testFolder =
        scan.subFolder("test")
            .orElseThrow(
                () ->
                    new DataException(
                        path
                            + ": there is train/ but no test/; add test/, or put the class folders right below the root to have them divided"));
    Optional<Path> validationFolder = scan.subFolder("val", "validation");
    SortedMap<String, List<Path>> train = scan.classes(trainFolder);
    SortedMap<String, List<Path>> test = scan.classes(testFolder);
    SortedMap<String, List<Path>> validation =
        validationFolder.map(scan::classes).orElseGet(TreeMap::new);
    scan.mustHaveNoEmptyFolder();
    List<String> names = names(List.of(train, validation, test));
    List<LabeledFile> testFiles = label(names, test);
    if (validationFolder.isPresent()) {
      return new Parts(names, label(names, train), label(names, validation), testFiles);
    }
    SplitFractions fractions =
        new SplitFractions(settings.fractions().validation(), 0, settings.fractions().seed());
    Parts divided = divide(names, train, fractions);
    return new Parts(names, divided.train(), divided.validation(), testFiles);
  }

  private Parts byFractions(FolderScan scan) {
    SortedMap<String, List<Path>> classes = scan.classes(path);
    scan.mustHaveNoEmptyFolder();
    return divide(names(List.of(classes)), classes, settings.fractions());
  }

  private Parts divide(
      List<String> names, Map<String, List<Path>> classes, SplitFractions fractions) {
    Parts parts = new Parts(names, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int label = 0; label < names.size(); label++) {
      List<Path> files = classes.getOrDefault(names.get(label), List.of());
      SplitFractions.Parts divided = fractions.divide(label, files.size());
      if (!files.isEmpty() && divided.train().isEmpty()) {
        throw new DataException(
            "%s: class %s has %d images, too few for a validation fraction of %s and a test fraction of %s"
                .formatted(
                    path,
                    names.get(label),
                    files.size(),
                    fractions.validation(),
                    fractions.test()));
      }
      int id = label;
      divided.train().forEach(i -> parts.train().add(new LabeledFile(files.get(i), id)));
      divided.validation().forEach(i -> parts.validation().add(new LabeledFile(files.get(i), id)));
      divided.test().forEach(i -> parts.test().add(new LabeledFile(files.get(i), id)));
    }
    return parts;
  }

  private List<String> names(List<SortedMap<String, List<Path>>> folders) {
    TreeSet<String> found = new TreeSet<>();
    folders.forEach(classes -> found.addAll(classes.keySet()));
    if (found.isEmpty()) {
      throw new DataException(
          path
              + ": no class folders; expected one folder of images per class, or train/, val/ and test/ with such folders");
    }
    List<String> names =
        settings.classNames().isEmpty() ? List.copyOf(found) : settings.classNames();
    List<String> missing = names.stream().filter(name -> !found.contains(name)).toList();
    List<String> extra = found.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new DataException(
          "%s: class names and class folders differ: no folder for %s, no name for %s"
              .formatted(path, missing, extra));
    }
    return names;
  }

  private static List<LabeledFile> label(List<String> names, Map<String, List<Path>> classes) {
    Stream<LabeledFile> files =
        names.stream()
            .flatMap(
                name ->
                    classes.getOrDefault(name, List.of()).stream()
                        .map(file -> new LabeledFile(file, names.indexOf(name))));
    return files.toList();
  }

  /** A file and its class. */
  record LabeledFile(Path file, int label) {}

  private record Parts(
      List<String> names,
      List<LabeledFile> train,
      List<LabeledFile> validation,
      List<LabeledFile> test) {

    List<LabeledFile> files() {
      return Stream.of(train, validation, test).flatMap(List::stream).toList();
    }
  }
}
