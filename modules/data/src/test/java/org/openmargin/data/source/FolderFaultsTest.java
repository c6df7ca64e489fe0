package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;

/** Folders as users have them. */
class FolderFaultsTest {
  @TempDir Path root;
  @TempDir Path other;

  private final List<String> notices = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "train, valid, test",
    "Train, Val, Test",
    "TRAIN, VALIDATION, TESTING",
    "training, dev, testing",
    "Training_Set, validation-set, test data",
    "train2017, val2017, test2017",
    "train_images, val_images, test_images"
  })
  void splitsAreFoundInAnySpelling(String train, String validation, String test)
      throws IOException {
    for (var split : List.of(train, validation, test)) {
      for (var name : List.of("a", "b", "c")) {
        pictures(root.resolve(split + "/" + name), 4, "png");
      }
    }
    var dataset = load();
    assertThat(dataset.classNames()).containsExactly("a", "b", "c");
    assertThat(dataset.train().count()).isEqualTo(12);
    assertThat(dataset.validation().count()).isEqualTo(12);
    assertThat(dataset.test().count()).isEqualTo(12);
  }

  @Test
  void volumesAreSkippedByName() throws IOException {
    pictures(root.resolve("a"), 10, "png");
    pictures(root.resolve("b"), 10, "png");
    Files.writeString(root.resolve("a/brain.nii.gz"), "volume");
    load();
    assertThat(notices)
        .anyMatch(n -> n.contains("a/brain.nii.gz (NIfTI: 3-D images are not read)"));
  }

  @Test
  void twoFoldersOfOneSplitAreRefused() throws IOException {
    for (var split : List.of("train", "val", "valid", "test")) {
      pictures(root.resolve(split + "/a"), 3, "png");
    }
    fails("val/ and valid/ both look like val/");
  }

  @Test
  void aSplitWithoutTrainIsNoClass() throws IOException {
    for (var name : List.of("a", "b", "Test")) {
      pictures(root.resolve(name), 3, "png");
    }
    fails("Test looks like a part of a data set, but there is no train/", "class_names");
    var given = settings(3, List.of("a", "b", "Test"));
    assertThat(load(given, ImageStorage.memory(notices::add)).classNames()).contains("Test");
  }

  @Test
  void splitsBelowClassesOrInAFolderMoreAreRefused() throws IOException {
    pictures(root.resolve("a/train"), 3, "png");
    pictures(root.resolve("a/test"), 3, "png");
    pictures(root.resolve("b"), 3, "png");
    fails("a/ holds test/ and train/; splits must be above the class folders");
  }

  @Test
  void foldersBesideSplitsAreNamed() throws IOException {
    for (var split : List.of("train", "test", "annotations")) {
      pictures(root.resolve(split + "/a"), 4, "png");
    }
    assertThat(load().classNames()).containsExactly("a");
    assertThat(notices).anyMatch(n -> n.contains("annotations/ (beside train/, and no split)"));
  }

  @Test
  void classFoldersThatDifferInCapitalsAreRefused() throws IOException {
    pictures(root.resolve("train/Cat"), 3, "png");
    pictures(root.resolve("test/cat"), 3, "png");
    fails("the class folders Cat and cat look the same");
  }

  @Test
  void imagesInAFlatFolderAreCounted() throws IOException {
    pictures(root, 3, "png");
    fails("no class folders", "3 images lie directly in it", "with the name of the class");
  }

  @Test
  void linksToFilesClassesAndSplitsAreFollowed() throws IOException {
    for (var split : List.of("train", "val", "test")) {
      pictures(other.resolve(split + "/a"), 4, "png");
      pictures(other.resolve(split + "/b"), 4, "png");
      Files.createSymbolicLink(root.resolve(split), other.resolve(split));
    }
    assertThat(load().train().count()).isEqualTo(8);
    var classes = Files.createDirectories(other.resolve("links/a"));
    Files.createSymbolicLink(other.resolve("links/b"), other.resolve("train/b"));
    for (var i = 0; i < 4; i++) {
      Files.createSymbolicLink(
          classes.resolve("%d.png".formatted(i)), other.resolve("train/a/%02d.png".formatted(i)));
    }
    Files.createSymbolicLink(classes.resolve("loop"), other.resolve("links/a"));
    var links = new FolderSource(other.resolve("links"), "l", settings(3, List.of()), notices::add);
    assertThat(links.load().classNames()).containsExactly("a", "b");
    assertThat(notices).anyMatch(n -> n.contains("a/loop (a link to a folder above it)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jfif", "JPG", "jpe", "PNG", "gif", "bmp", "tif", "TIFF", ""})
  void contentsDecideWhateverTheEnding(String ending) throws IOException {
    pictures(root.resolve("a"), 4, "jpg");
    pictures(root.resolve("b"), 4, "png");
    try (var files = Files.list(root.resolve("b"))) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString().replace("png", ending).replaceFirst("\\.$", "");
        Files.move(file, file.resolveSibling("x" + name));
      }
    }
    assertThat(load().train().count() + load().test().count()).isGreaterThan(4);
    assertThat(load().classNames()).containsExactly("a", "b");
  }

  @Test
  void aClassOfAFormatThatIsNotReadIsNamed() throws IOException {
    pictures(root.resolve("a"), 4, "png");
    Files.createDirectories(root.resolve("b"));
    Files.writeString(root.resolve("b/1.heic"), "....ftypheic");
    fails(
        "no JPEG, PNG, GIF, BMP, TIFF or WebP file in the class folders b",
        "b/1.heic (HEIF OR AVIF)");
  }

  @Test
  void zerosAtTheEndOfFilesAreFound() throws IOException {
    pictures(root.resolve("a"), 4, "png");
    pictures(root.resolve("b"), 4, "png");
    for (var format : List.of("jpg", "png")) {
      var whole = encodedNoise(240, 320, format);
      var cut = Arrays.copyOf(whole, whole.length * 6 / 10);
      Files.write(root.resolve("a/zeros." + format), Arrays.copyOf(cut, whole.length));
    }
    fails("2 image files cannot be used", "zeros.jpg (damaged", "zeros.png (damaged");
  }

  @Test
  void equalImagesUnderTwoLabelsOrInTwoSplitsAreNoticed() throws IOException {
    for (var split : List.of("train", "test")) {
      pictures(root.resolve(split + "/a"), 4, "png");
      noise(root.resolve(split + "/b/n.png"), split.length());
      noise(root.resolve(split + "/b/m.png"), 7 + split.length());
      noise(root.resolve(split + "/b/o.png"), 17 + split.length());
    }
    Files.copy(root.resolve("train/a/00.png"), root.resolve("train/b/other.png"));
    load();
    assertThat(notices)
        .anyMatch(n -> n.contains("1 equal images lie in different classes"))
        .anyMatch(n -> n.contains("3 equal images lie in different splits"))
        .anyMatch(n -> n.contains("test/a/01.png = train/a/01.png"));
  }

  @Test
  void sixteenBitImagesOfTwelveBitsAreNoticed() throws IOException {
    for (var name : List.of("a", "b")) {
      var folder = Files.createDirectories(root.resolve(name));
      for (var i = 0; i < 4; i++) {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        for (var p = 0; p < 64; p++) {
          image.getRaster().setSample(p % 8, p / 8, 0, p * 65 - i);
        }
        image.getRaster().setSample(0, 0, 0, name.length());
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
    load();
    assertThat(notices)
        .anyMatch(
            n -> n.contains("8 of 8 images have 16 bits") && n.contains("only 6 % of the range"))
        .anyMatch(
            n ->
                n.contains(
                    "so 16 levels are left; set data.levels.sixteen_bits { highest: 4095 }"));
  }

  @Test
  void swappedFoldersOfEqualSizesAndTimesAreReadAnew() throws IOException {
    var storage = new ImageStorage(other, 0, notices::add);
    for (var name : List.of("a", "b")) {
      Files.createDirectories(root.resolve(name));
      for (var i = 0; i < 4; i++) {
        noise(root.resolve(name + "/" + i + ".bmp"), name.charAt(0) + i);
        Files.setLastModifiedTime(root.resolve(name + "/" + i + ".bmp"), FileTime.fromMillis(0));
      }
    }
    var before = load(settings(3, List.of()), storage);
    Files.move(root.resolve("a"), root.resolve("t"));
    Files.move(root.resolve("b"), root.resolve("a"));
    Files.move(root.resolve("t"), root.resolve("b"));
    var stored = load(settings(3, List.of()), storage);
    var fresh = load();
    assertThat(stored.digest()).isEqualTo(fresh.digest()).isNotEqualTo(before.digest());
    assertThat(Pixels.of(stored.train().images(), 0))
        .isEqualTo(Pixels.of(fresh.train().images(), 0));
  }

  @Test
  void damagedStoredPixelsAreMadeAnew() throws IOException {
    var storage = new ImageStorage(other, 0, notices::add);
    pictures(root.resolve("a"), 5, "png");
    pictures(root.resolve("b"), 5, "png");
    load(settings(3, List.of()), storage);
    try (var files = Files.list(other)) {
      var file = files.filter(f -> f.toString().endsWith(".pixels")).findFirst().orElseThrow();
      var bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, 4100, 4112, (byte) 'X');
      Files.write(file, bytes);
    }
    notices.clear();
    var again = load(settings(3, List.of()), storage);
    assertThat(notices).anyMatch(n -> n.contains("writing them once"));
    assertThat(Pixels.of(again.train().images(), 0))
        .isEqualTo(Pixels.of(load().train().images(), 0));
  }

  @Test
  void largeFoldersAreDecodedOnce() throws IOException {
    for (var name : List.of("a", "b")) {
      pictures(root.resolve(name), 5, "png");
      var file = root.resolve(name + "/00.png");
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9 << 20));
    }
    var storage = new ImageStorage(other, 1 << 20, notices::add);
    var first = load(settings(1, List.of()), storage);
    assertThat(notices)
        .anyMatch(n -> n.startsWith("10 decoded images are kept for later starts"))
        .anyMatch(
            n -> n.startsWith("mine: 10 image files, 19 MiB, become 1 MiB of pixels (4x4x1)"));
    notices.clear();
    var second = load(settings(1, List.of()), storage);
    assertThat(notices)
        .anyMatch(n -> n.startsWith("10 decoded images read from"))
        .anyMatch(n -> n.contains("10 of 10 images are in colour"));
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(Pixels.of(second.test().images(), 0)).isEqualTo(Pixels.of(first.test().images(), 0));
  }

  private Dataset load() {
    return load(settings(3, List.of()), ImageStorage.memory(notices::add));
  }

  private Dataset load(FolderSource.Settings settings, ImageStorage storage) {
    return new FolderSource(root, "mine", settings, storage).load();
  }

  private static FolderSource.Settings settings(int channels, List<String> names) {
    return new FolderSource.Settings(
        ImageGeometry.square(4), channels, names, SplitFractions.DEFAULT);
  }

  private void fails(String... parts) {
    assertThatThrownBy(this::load).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
  }

  private static void pictures(Path folder, int count, String format) throws IOException {
    Files.createDirectories(folder);
    for (var i = 0; i < count; i++) {
      var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (var p = 0; p < 64; p++) {
        image.setRGB(p % 8, p / 8, (i * 17 + folder.getFileName().hashCode() * 997) & 0xffffff);
      }
      ImageIO.write(image, format, folder.resolve("%02d.%s".formatted(i, format)).toFile());
    }
  }

  private static void noise(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    var random = new Random(seed);
    for (var p = 0; p < 64; p++) {
      image.setRGB(p % 8, p / 8, random.nextInt(1 << 24));
    }
    var name = file.toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  private static byte[] encodedNoise(int height, int width, String format) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var random = new Random(3);
    for (var p = 0; p < width * height; p++) {
      image.setRGB(p % width, p / width, random.nextInt(1 << 24));
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }
}
