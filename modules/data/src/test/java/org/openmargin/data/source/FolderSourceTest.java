package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.WorkListener;
import org.openmargin.data.pixels.ImageStorage;

class FolderSourceTest {

  @TempDir Path root;
  @TempDir Path cache;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void dividesEachClassByItsFractions() throws IOException {
    write("b", 20);
    write("a", 10);
    var dataset = load();
    assertThat(dataset.classNames()).containsExactly("a", "b");
    assertThat(DatasetSummary.of(dataset).classes())
        .containsExactly(
            new DatasetSummary.ClassCounts(0, "a", 7, 1, 2),
            new DatasetSummary.ClassCounts(1, "b", 14, 2, 4));
    var ids = new HashSet<String>();
    for (var part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
      assertThat(part.ids()).isSorted();
      ids.addAll(part.ids());
    }
    assertThat(ids).hasSize(30).contains("a/00.png", "b/19.png");
    assertThat(warnings).isEmpty();
  }

  @Test
  void theDivisionDependsOnTheSeedOnly() throws IOException {
    write("a", 20);
    write("b", 20);
    var first = load();
    var again = load();
    var other = load(settings(List.of(), new SplitFractions(0.1, 0.2, 1)));
    assertThat(again.test().ids()).isEqualTo(first.test().ids());
    assertThat(again.digest()).isEqualTo(first.digest());
    assertThat(other.test().ids()).isNotEqualTo(first.test().ids());
  }

  @Test
  void theDigestChangesWithAFile() throws IOException {
    write("a", 5);
    write("b", 5);
    var before = load().digest();
    write(root.resolve("a/00.png"), 200);
    assertThat(load().digest()).isNotEqualTo(before).hasSize(64);
  }

  @Test
  void subFoldersSayWhatAnImageIsFor() throws IOException {
    write("train/a", 3);
    write("train/b", 2);
    write("validation/b", 1);
    write("test/a", 1);
    write("test/c", 2);
    var dataset = load();
    assertThat(dataset.classNames()).containsExactly("a", "b", "c");
    assertThat(dataset.train().labels()).containsExactly(0, 0, 0, 1, 1);
    assertThat(dataset.validation().ids()).containsExactly("validation/b/00.png");
    assertThat(dataset.test().labels()).containsExactly(0, 2, 2);
  }

  @Test
  void withoutValidationFolderTakesItOutOfTrain() throws IOException {
    write("train/a", 20);
    write("train/b", 10);
    write("test/a", 2);
    var dataset = load();
    assertThat(dataset.train().count()).isEqualTo(27);
    assertThat(dataset.validation().labels()).containsExactly(0, 0, 1);
    assertThat(dataset.validation().ids()).allMatch(id -> id.startsWith("train/"));
    assertThat(dataset.test().count()).isEqualTo(2);
  }

  @Test
  void readsPixelsInTheGivenSizeAndColour() throws IOException {
    write("a", 4);
    write("b", 4);
    var rgb = load().train().images();
    assertThat(rgb).hasToString("4 images of 4x4x3");
    var grey =
        new FolderSource.Settings(ImageGeometry.square(2), 1, List.of(), SplitFractions.DEFAULT);
    var small = load(grey).train().images();
    assertThat(small).hasToString("4 images of 2x2x1");
    int first = Integer.parseInt(load(grey).train().ids().get(0).substring(2, 4));
    assertThat(Pixels.of(small, 0)).containsOnly((byte) first);
  }

  @Test
  void givenNamesDecideTheLabels() throws IOException {
    write("a", 3);
    write("b", 3);
    var dataset = load(settings(List.of("b", "a"), SplitFractions.DEFAULT));
    assertThat(dataset.classNames()).containsExactly("b", "a");
    assertThat(dataset.train().ids().get(0)).startsWith("b/");
    assertThat(dataset.train().labels()).containsExactly(0, 1);
  }

  @Test
  void findsImagesInNestedFoldersAndAnyCase() throws IOException {
    write("a/patient1", 3);
    write(Files.createDirectories(root.resolve("a/patient2")).resolve("X.PNG"), 9);
    write("b", 3);
    var dataset = load();
    assertThat(DatasetSummary.of(dataset).classes().get(0).total()).isEqualTo(4);
    assertThat(dataset.train().ids()).anyMatch(id -> id.startsWith("a/patient"));
  }

  @Test
  void passesOverHiddenFilesAndListsOthersInOneWarning() throws IOException {
    write("a", 3);
    write("b", 3);
    Files.writeString(root.resolve("a/.DS_Store"), "x");
    Files.createDirectory(root.resolve(".cache"));
    Files.writeString(root.resolve("a/Thumbs.db"), "x");
    Files.writeString(root.resolve("b/notes.txt"), "x");
    Files.writeString(root.resolve("licence"), "x");
    Files.write(root.resolve("b/scan.dcm"), dicom());
    Files.createSymbolicLink(root.resolve("a/link.png"), root.resolve("b/none.png"));
    var dataset = load();
    assertThat(dataset.classNames()).containsExactly("a", "b");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains("4 files skipped", "licence", "a/link.png (a broken link)", "b/notes.txt")
        .contains("b/scan.dcm (DICOM)")
        .doesNotContain(".DS_Store")
        .doesNotContain("Thumbs");
  }

  @Test
  void imagesThatAreTooManyForTheMemoryAreDecodedToAFileOnce() throws IOException {
    write("a", 10);
    write("b", 10);
    var loaded = load();
    var source = cached();
    assertSame(source.load(), loaded);
    var files = pixelFiles();
    assertThat(files).hasSize(1);
    var before = Files.readAttributes(files.get(0), "*").get("fileKey");
    assertSame(source.load(), loaded);
    assertThat(Files.readAttributes(files.get(0), "*").get("fileKey")).isEqualTo(before);
    assertThat(warnings)
        .hasSize(2)
        .last()
        .asString()
        .startsWith("20 decoded images read from " + files.get(0));
  }

  private static void assertSame(Dataset dataset, Dataset other) {
    assertThat(dataset.digest()).isEqualTo(other.digest());
    assertThat(dataset.validation().ids()).isEqualTo(other.validation().ids());
    assertThat(dataset.train().labels()).isEqualTo(other.train().labels());
    for (int i = 0; i < 14; i++) {
      assertThat(Pixels.of(dataset.train().images(), i))
          .isEqualTo(Pixels.of(other.train().images(), i));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(Pixels.of(dataset.test().images(), i))
          .isEqualTo(Pixels.of(other.test().images(), i));
    }
  }

  @Test
  void aChangedFileIsDecodedAnew() throws IOException {
    write("a", 10);
    write("b", 10);
    cached().load();
    var changed = root.resolve("a/00.png");
    write(changed, 200);
    Files.setLastModifiedTime(changed, java.nio.file.attribute.FileTime.fromMillis(1));
    assertSame(cached().load(), load());
    assertThat(pixelFiles()).hasSize(1);
  }

  @Test
  void damagedFilesLeaveNoFileOfDecodedImages() throws IOException {
    write("a", 5);
    write("b", 5);
    Files.writeString(root.resolve("b/03.png"), "no image");
    assertThatThrownBy(() -> cached().load())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("1 image file cannot be used: " + root.resolve("b/03.png"));
    assertThat(pixelFiles()).isEmpty();
  }

  @Test
  void sizesAreThoseOfTheTrainingFilesBeforeTheyAreResized() throws IOException {
    for (var name : List.of("train/a", "train/b", "val/a", "val/b", "test/a", "test/b")) {
      write(name, 3);
    }
    var wide = new BufferedImage(90, 50, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(wide, "png", root.resolve("train/a/wide.png").toFile());
    ImageIO.write(wide, "png", root.resolve("test/a/wide.png").toFile());
    var sizes = cached().trainingSizes().orElseThrow();
    assertThat(sizes.sizes()).hasSize(7).contains(new ImageSizes.Size(90, 50));
    assertThat(sizes.width().greatest()).isEqualTo(90);
    assertThat(sizes.shorterSide().greatest()).isEqualTo(50);
  }

  private static byte[] dicom() {
    var file = new byte[200];
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, file, 128, 4);
    return file;
  }

  private FolderSource cached() {
    var storage = new ImageStorage(cache, 959, this::warn);
    return new FolderSource(root, "mine", settings(List.of(), SplitFractions.DEFAULT), storage);
  }

  private List<Path> pixelFiles() throws IOException {
    try (var files = Files.list(cache)) {
      return files.filter(file -> !file.toString().endsWith(".lock")).toList();
    }
  }

  @Test
  void refusesAnEmptyClassFolder() throws IOException {
    write("a", 3);
    Files.createDirectory(root.resolve("empty"));
    assertFails(
        "no JPEG, PNG, GIF, BMP, TIFF or WebP file in the class folders empty", root.toString());
  }

  @Test
  void refusesAFolderWithoutClasses() throws IOException {
    write(root.resolve("loose.png"), 1);
    assertFails(root + ": no class folders");
    assertThatThrownBy(() -> source(root.resolve("none")).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none: no such folder");
  }

  @Test
  void refusesTrainWithoutTest() throws IOException {
    write("train/a", 3);
    assertFails("there is train/ but no test/");
  }

  @Test
  void refusesAClassTooSmallToDivide() throws IOException {
    write("a", 3);
    write("rare", 2);
    assertFails("class rare has 2 images, too few");
  }

  @Test
  void refusesNamesThatDifferFromTheFolders() throws IOException {
    write("a", 3);
    write("b", 3);
    assertThatThrownBy(() -> load(settings(List.of("a", "z"), SplitFractions.DEFAULT)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("no folder for [z]", "no name for [b]");
    assertThatThrownBy(() -> settings(List.of("a", "a"), SplitFractions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("each once");
  }

  @Test
  void listsTenOfTheDamagedFilesAndCountsTheRest() throws IOException {
    write("a", 30);
    for (int i = 10; i < 22; i++) {
      Files.writeString(root.resolve("a/%02d.png".formatted(i)), "no image");
    }
    write("train/a", 1);
    Files.move(root.resolve("a"), root.resolve("train/b"));
    write("validation/a", 1);
    write("test/a", 1);
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "12 image files cannot be used",
            root.resolve("train/b/10.png").toString(),
            "19.png (no image: the file does not begin like JPEG, PNG, GIF, BMP, TIFF or WebP) and 2 more");
  }

  @Test
  void saysInWordsWhyAFileOrFolderCannotBeRead() {
    var none = root.resolve("none");
    var scan = new FolderScan(root);
    assertThatThrownBy(() -> scan.classes(none))
        .isInstanceOf(DataException.class)
        .hasMessage(none + ": cannot be listed: there is no such file or folder");
    assertThatThrownBy(
            () ->
                FolderDigests.of(List.of(new LabeledFile(none, "none", 0, "")), WorkListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(none + " (there is no such file or folder)");
  }

  @Test
  void refusesAFolderNameThatIsNoClassName() throws IOException {
    write("a", 3);
    write("b\nc", 3);
    assertFails("mine: every class needs a unique name", "class 1 (b?c) contains a line break");
  }

  @Test
  void refusesATruncatedJpeg() throws IOException {
    write("a", 3);
    write("b", 3);
    var jpeg = root.resolve("a/x.jpg");
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", jpeg.toFile());
    var whole = Files.readAllBytes(jpeg);
    Files.write(jpeg, Arrays.copyOf(whole, whole.length - 20));
    var all = settings(List.of(), new SplitFractions(0.3, 0.3, 0));
    assertThatThrownBy(() -> load(all))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("1 image file", jpeg.toString(), "damaged or cut off");
  }

  @Test
  void refusesImpossibleFractionsAndChannels() {
    assertThatThrownBy(() -> new SplitFractions(0.5, 0.5, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("below 1");
    assertThatThrownBy(() -> new SplitFractions(0, 0.5, 0)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new SplitFractions(Double.NaN, 0.5, 0))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(
            () ->
                new FolderSource.Settings(
                    ImageGeometry.square(2), 4, List.of(), SplitFractions.DEFAULT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("channels 4");
  }

  /** Images of different classes are equal here; that is said elsewhere. */
  private void warn(String notice) {
    if (!notice.contains("equal images lie")) {
      warnings.add(notice);
    }
  }

  /** count images NN.png below a folder, each of value NN. */
  private void write(String classFolder, int count) throws IOException {
    var folder = Files.createDirectories(root.resolve(classFolder));
    for (int i = 0; i < count; i++) {
      write(folder.resolve("%02d.png".formatted(i)), i);
    }
  }

  private static void write(Path file, int value) throws IOException {
    var image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i >> 2, value * 0x010101);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private Dataset load() {
    return source(root).load();
  }

  private Dataset load(FolderSource.Settings settings) {
    return new FolderSource(root, "mine", settings, this::warn).load();
  }

  private FolderSource source(Path folder) {
    return new FolderSource(
        folder, "mine", settings(List.of(), SplitFractions.DEFAULT), this::warn);
  }

  private static FolderSource.Settings settings(List<String> names, SplitFractions fractions) {
    return new FolderSource.Settings(ImageGeometry.square(4), 3, names, fractions);
  }

  private void assertFails(String... parts) {
    assertThatThrownBy(this::load).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
  }
}
