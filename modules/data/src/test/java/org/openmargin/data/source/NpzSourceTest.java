package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.Pixels;
import org.openmargin.data.pixels.ImageStorage;

class NpzSourceTest {

  @TempDir Path folder;

  @Test
  void readsImagesLabelsAndNumberedNames() throws IOException {
    var dataset = load(NpzFile.small().deflated(file()));
    assertThat(dataset.name()).isEqualTo("mine");
    assertThat(dataset.classNames()).containsExactly("class 0", "class 1", "class 2");
    assertThat(dataset.train().labels()).containsExactly(0, 1, 2, 0);
    assertThat(dataset.validation().labels()).containsExactly(0, 1);
    assertThat(dataset.test().labels()).containsExactly(2, 1);
    assertThat(dataset.train().images()).hasToString("4 images of 2x2x1");
    assertThat(Pixels.of(dataset.train().images(), 3)).containsExactly(3, 3, 3, 3);
    assertThat(Pixels.of(dataset.test().images(), 1)).containsExactly(7, 7, 7, 7);
    assertThat(dataset.train().ids()).startsWith("train/000000", "train/000001");
    assertThat(dataset.validation().ids()).containsExactly("val/000000", "val/000001");
  }

  @Test
  void storedDeflatedAndZip64FilesHoldTheSameImages() throws IOException {
    var deflated = load(NpzFile.small().deflated(folder.resolve("a.npz")));
    var stored = load(NpzFile.small().stored(folder.resolve("b.npz")));
    var zip64 = load(NpzFile.small().zip64(folder.resolve("c.npz")));
    for (int i = 0; i < 4; i++) {
      var expected = Pixels.of(deflated.train().images(), i);
      assertThat(Pixels.of(stored.train().images(), i)).isEqualTo(expected);
      assertThat(Pixels.of(zip64.train().images(), i)).isEqualTo(expected);
    }
    assertThat(zip64.test().labels()).isEqualTo(deflated.test().labels());
  }

  @Test
  void imagesThatAreTooManyForTheMemoryAreReadWhereTheyLieOrUnpackedOnce() throws IOException {
    var loaded = load(NpzFile.small().deflated(folder.resolve("a.npz")));
    var cache = folder.resolve("cache");
    var storage = new ImageStorage(cache, 31, notice -> {});
    for (var file :
        List.of(
            NpzFile.small().stored(folder.resolve("b.npz")),
            NpzFile.small().zip64(folder.resolve("c.npz")))) {
      assertSameImages(new NpzSource(file, "mine", List.of(), storage).load(), loaded);
      assertThat(cache).doesNotExist();
    }
    var deflated = new NpzSource(folder.resolve("a.npz"), "mine", List.of(), storage);
    assertSameImages(deflated.load(), loaded);
    assertSameImages(deflated.load(), loaded);
    assertThat(cache.toFile().list((dir, name) -> name.endsWith(".pixels"))).hasSize(3);
  }

  @Test
  void allTrainingImagesHaveTheSizeOfTheArray() throws IOException {
    var file = NpzFile.small().deflated(folder.resolve("a.npz"));
    var source = new NpzSource(file, "mine", List.of());
    var images = source.load().train().images();
    assertThat(source.trainingSizes().orElseThrow().sizes())
        .containsExactly(new ImageSizes.Size(images.width(), images.height()));
  }

  private static void assertSameImages(Dataset dataset, Dataset other) {
    assertThat(dataset.train().count()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(Pixels.of(dataset.train().images(), i))
          .isEqualTo(Pixels.of(other.train().images(), i));
    }
    assertThat(Pixels.of(dataset.validation().images(), 1)).containsExactly(5, 5, 5, 5);
    assertThat(Pixels.of(dataset.test().images(), 1)).containsExactly(7, 7, 7, 7);
  }

  @Test
  void aNewerArchiveIsUnpackedAnew() throws IOException {
    var storage = new ImageStorage(folder.resolve("cache"), 0, notice -> {});
    var source = new NpzSource(file(), "mine", List.of(), storage);
    NpzFile.small().deflated(file());
    source.load();
    NpzFile.small()
        .put("val_images", NpzFile.uint8("(2, 2, 2)", 9, 9, 9, 9, 8, 8, 8, 8))
        .deflated(file());
    assertThat(Pixels.of(source.load().validation().images(), 1)).containsExactly(8, 8, 8, 8);
  }

  @Test
  void aDamagedArchiveIsNotUnpacked() throws IOException {
    var damaged = folder.resolve("bad.npz");
    var pixels = new byte[3000];
    new java.util.Random(1).nextBytes(pixels);
    NpzFile.small()
        .put("train_images", NpzFile.npy("|u1", "(4, 25, 30)", pixels))
        .deflated(damaged);
    var bytes = Files.readAllBytes(damaged);
    bytes[2000] ^= 1;
    Files.write(damaged, bytes);
    var cache = folder.resolve("cache");
    var storage = new ImageStorage(cache, 0, notice -> {});
    var source = new NpzSource(damaged, "mine", List.of(), storage);
    assertFails(source::load, "bad.npz: train_images: the data is damaged (wrong CRC-32)");
    assertThat(cache.toFile().list((dir, name) -> !name.endsWith(".lock"))).isEmpty();
  }

  @Test
  void aDamagedArchiveIsNotReadInPlace() throws IOException {
    var bytes = Files.readAllBytes(NpzFile.small().stored(file()));
    bytes[30 + "train_images.npy".length() + 128] ^= 1;
    var damaged = Files.write(folder.resolve("bad.npz"), bytes);
    var storage = new ImageStorage(folder.resolve("cache"), 0, notice -> {});
    var source = new NpzSource(damaged, "mine", List.of(), storage);
    assertFails(source::load, "bad.npz", "train_images", "wrong CRC-32");
  }

  @ParameterizedTest
  @CsvSource({
    "header-without-brace.npz, the array is damaged",
    "local-name-differs.npz, train_images.npy has another name before its data"
  })
  void whatNumPyRefusesIsRefused(String name, String reason) throws Exception {
    var file = Path.of(NpzSourceTest.class.getResource(name).toURI());
    assertFails(() -> load(file), file.toString(), reason);
  }

  @Test
  void digestIsTheSha256OfTheFile() throws Exception {
    var file = NpzFile.small().stored(file());
    var sha = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(load(file).digest()).isEqualTo(HexFormat.of().formatHex(sha));
  }

  @Test
  void takesNamesWhereTheyAreAndIgnoresOtherArrays() throws IOException {
    var file =
        NpzFile.small()
            .put("train_names", NpzFile.names(ByteOrder.LITTLE_ENDIAN, "a", "Zoë", "🩸x", "abcde"))
            .put("val_names", NpzFile.names(ByteOrder.BIG_ENDIAN, "v0", "v1"))
            .put("extra", NpzFile.npy("<f8", "(1,)", new byte[8]))
            .put("strange", new byte[] {1, 2, 3})
            .deflated(file());
    var dataset = load(file);
    assertThat(dataset.train().ids()).containsExactly("a", "Zoë", "🩸x", "abcde");
    assertThat(dataset.validation().ids()).containsExactly("v0", "v1");
    assertThat(dataset.test().ids()).containsExactly("test/000000", "test/000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<i8", ">i8", "<u8", "<i4", ">u4", "<i2", ">u2", "|i1", "|u1"})
  void readsLabelsOfAnyIntegerType(String type) throws IOException {
    int bytes = type.charAt(2) - '0';
    var data = ByteBuffer.allocate(4 * bytes);
    for (int i = 0; i < 4; i++) {
      int lowest = type.charAt(0) == '>' ? bytes - 1 : 0;
      data.put(i * bytes + lowest, (byte) (3 - i));
    }
    var file =
        NpzFile.small().put("train_labels", NpzFile.npy(type, "(4,)", data.array())).stored(file());
    assertThat(load(file).train().labels()).containsExactly(3, 2, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersionOfTheArrayFormat(int major) throws IOException {
    var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 1L), }";
    var labels = NpzFile.npy(major, header, new byte[] {1, 2, 1, 2});
    var file = NpzFile.small().put("train_labels", labels).deflated(file());
    assertThat(load(file).train().labels()).containsExactly(1, 2, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<i3", "<u0", "<u16"})
  void refusesLabelsOfOtherWidths(String type) throws IOException {
    int bytes = Integer.parseInt(type.substring(2));
    var labels = NpzFile.npy(type, "(2,)", new byte[2 * bytes]);
    var file = NpzFile.small().put("val_labels", labels).deflated(file());
    assertFails(() -> load(file), "val_labels: labels must be", "int8, int16, int32, int64");
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 2_000_000_000, Integer.MAX_VALUE})
  void refusesALabelThatIsNoClass(int label) throws IOException {
    var labels = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(4, label);
    var file =
        NpzFile.small()
            .put("val_labels", NpzFile.npy("<i4", "(2,)", labels.array()))
            .stored(file());
    assertFails(
        () -> load(file), "val_labels", "label %d at index 1".formatted(label), "at most 65535");
  }

  @Test
  void readsTheLargestLabel() throws IOException {
    var labels = NpzFile.npy("<u2", "(2,)", new byte[] {0, 0, -1, -1});
    var file = NpzFile.small().put("val_labels", labels).stored(file());
    assertThat(load(file).classNames()).hasSize(65_536).last().isEqualTo("class 65535");
  }

  @Test
  void refusesClassNamesThatTellNothingApart() throws IOException {
    var file = NpzFile.small().deflated(file());
    var source = new NpzSource(file, "mine", List.of("a", " ", "b\nc", "d", "a"));
    assertFails(
        source::load,
        "mine: every class needs a unique name",
        "class 1 has no name",
        "class 2 (b?c) contains a line break",
        "classes 0 and 4 are both named a");
  }

  @Test
  void readsColourImages() throws IOException {
    var npz = new NpzFile();
    for (var part : List.of("train", "val", "test")) {
      npz.put(part + "_images", NpzFile.uint8("(1, 1, 2, 3)", 1, 2, 3, 254, 255, 0));
      npz.put(part + "_labels", NpzFile.uint8("(1,)", 0));
    }
    var images = load(npz.deflated(file())).train().images();
    assertThat(images.channels()).isEqualTo(3);
    assertThat(Pixels.unsigned(images, 0)).containsExactly(1, 2, 3, 254, 255, 0);
  }

  @Test
  void takesMedMnistNamesByTheNameOfTheFile() throws IOException {
    var file = NpzFile.small().deflated(folder.resolve("bloodmnist-mine.npz"));
    var dataset = load(file);
    assertThat(dataset.classNames()).hasSize(8).startsWith("basophil", "eosinophil");
  }

  @Test
  void numbersTheClassesWhenMedMnistHasFewerNames() throws IOException {
    var file =
        NpzFile.small()
            .put("test_labels", NpzFile.uint8("(2,)", 0, 8))
            .deflated(folder.resolve("bloodmnist.npz"));
    assertThat(load(file).classNames()).hasSize(9).last().isEqualTo("class 8");
  }

  @Test
  void refusesLabelsWithoutAClassName() throws IOException {
    var file = NpzFile.small().deflated(file());
    var source = new NpzSource(file, "mine", List.of("a", "b"));
    assertFails(source::load, "mine", "train/000002", "label 2", "outside the class list (0..1)");
  }

  @Test
  void refusesAMissingFile() {
    assertFails(() -> load(folder.resolve("none.npz")), "none.npz: no such file");
  }

  @Test
  void refusesAFileThatIsNoZip() throws IOException {
    var file = Files.writeString(file(), "<html>404</html>");
    assertFails(() -> load(file), "mine.npz: not a readable .npz file");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    var whole = Files.readAllBytes(NpzFile.small().deflated(file()));
    var cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length / 2));
    assertFails(
        () -> load(cut), "cut.npz: not a readable .npz file (damaged, cut off or not a zip)");
  }

  @Test
  void refusesAFlippedBit() throws IOException {
    var bytes = Files.readAllBytes(NpzFile.small().stored(file()));
    int firstPixel = 30 + "train_images.npy".length() + 128;
    bytes[firstPixel] ^= 1;
    var damaged = Files.write(folder.resolve("bad.npz"), bytes);
    assertFails(() -> load(damaged), "bad.npz", "train_images", "wrong CRC-32");
  }

  @Test
  void refusesAMissingArrayAndListsThoseThatAreThere() throws IOException {
    var file = NpzFile.small().without("val_labels").deflated(file());
    assertFails(() -> load(file), "no array val_labels", "train_images, train_labels, val_images");
  }

  @Test
  void refusesMoreImagesThanLabels() throws IOException {
    var file = NpzFile.small().put("val_labels", NpzFile.uint8("(1,)", 0)).deflated(file());
    assertFails(() -> load(file), "2 val_images but 1 val_labels");
  }

  @Test
  void refusesFewerNamesThanImages() throws IOException {
    var names = NpzFile.names(ByteOrder.LITTLE_ENDIAN, "only");
    var file = NpzFile.small().put("val_names", names).deflated(file());
    assertFails(() -> load(file), "2 val_images but 1 val_names");
  }

  @Test
  void refusesMultiLabelSets() throws IOException {
    var file =
        NpzFile.small().put("val_labels", NpzFile.uint8("(2, 2)", 0, 1, 1, 0)).deflated(file());
    assertFails(() -> load(file), "val_labels", "(2, 2)", "multi-label", "shape (n) or (n, 1)");
  }

  @Test
  void refusesLabelsThatAreNoIntegers() throws IOException {
    var labels = NpzFile.npy("<f4", "(2,)", new byte[8]);
    var file = NpzFile.small().put("val_labels", labels).deflated(file());
    assertFails(
        () -> load(file), "val_labels", "labels must be integers, not float32; int8, int16");
  }

  @Test
  void refusesNegativeLabels() throws IOException {
    var file =
        NpzFile.small()
            .put("val_labels", NpzFile.npy("|i1", "(2,)", new byte[] {0, -1}))
            .deflated(file());
    assertFails(() -> load(file), "val_labels", "label -1 at index 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|b1", "<f4", "<u2", "|i1"})
  void refusesImagesThatAreNotUint8(String type) throws IOException {
    int bytes = type.charAt(2) - '0';
    var images = NpzFile.npy(type, "(2, 2, 2)", new byte[8 * bytes]);
    var file = NpzFile.small().put("val_images", images).deflated(file());
    assertFails(() -> load(file), "val_images", "images must be uint8, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(8,)", "(4, 2)", "(2, 2, 1, 2)", "(2, 1, 1, 1, 4)", "()"})
  void refusesImagesOfOtherShapes(String shape) throws IOException {
    int size = shape.equals("()") ? 1 : 8;
    var file =
        NpzFile.small()
            .put("val_images", NpzFile.npy("|u1", shape, new byte[size]))
            .deflated(file());
    assertFails(() -> load(file), "val_images", "images must have shape (n, H, W)");
  }

  @Test
  void refusesFortranOrder() throws IOException {
    var header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2), }";
    var images = NpzFile.npy(1, header, new byte[8]);
    var file = NpzFile.small().put("val_images", images).deflated(file());
    assertFails(() -> load(file), "Fortran order", "numpy.ascontiguousarray");
  }

  @Test
  void refusesStructuredAndUnknownArrays() throws IOException {
    var header = "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }";
    var structured = NpzFile.small().put("val_labels", NpzFile.npy(1, header, new byte[8]));
    var file = structured.deflated(file());
    assertFails(() -> load(file), "only arrays of one plain type");
    NpzFile.small().put("val_labels", new byte[] {'h', 'e', 'l', 'l', 'o', '!'}).deflated(file());
    assertFails(() -> load(file), "val_labels", "not an npy array");
    NpzFile.small().put("val_labels", NpzFile.npy(9, "{}", new byte[0])).deflated(file());
    assertFails(() -> load(file), "npy format 9 is not supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(3, 2, 2)",
        "(1, 2, 2)",
        "(2000000000, 2000000000, 2000000000)",
        "(454279, 31252369, 649657)"
      })
  void refusesAShapeThatDoesNotFitTheBytes(String shape) throws IOException {
    var images = NpzFile.npy("|u1", shape, new byte[8]);
    var file = NpzFile.small().put("val_images", images).deflated(file());
    assertFails(() -> load(file), "val_images: shape");
  }

  private Path file() {
    return folder.resolve("mine.npz");
  }

  private static Dataset load(Path file) {
    return new NpzSource(file, "mine", List.of()).load();
  }

  private static void assertFails(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
  }
}
