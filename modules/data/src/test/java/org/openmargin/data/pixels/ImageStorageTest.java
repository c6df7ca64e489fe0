package org.openmargin.data.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.Pixels;

class ImageStorageTest {
  private static final ImageShape SHAPE = new ImageShape(3, 5, 3);
  private static final int COUNT = 40;
  private static final long BYTES = 45 * COUNT;

  @TempDir Path temporary;
  private Path folder;
  private final List<String> notices = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void chooseFolder() {
    folder = temporary.resolve("cache/below");
  }

  @Test
  void imagesThatFitAreMadeOnceInMemory() {
    var kept = storage(BYTES).keep(origin("1"), counted());
    assertHoldsAll(kept);
    assertHoldsAll(kept);
    assertThat(made).hasValue(COUNT);
    assertThat(folder).doesNotExist();
    assertThat(notices).isEmpty();
  }

  @Test
  void tooManyImagesAreMadeOnceInAFile() throws IOException {
    assertHoldsAll(storage(BYTES - 1).keep(origin("1"), counted()));
    assertHoldsAll(storage(BYTES - 1).keep(origin("1"), counted()));
    assertThat(made).hasValue(COUNT);
    var file = pixelFiles().get(0);
    assertThat(Files.size(file)).isEqualTo(4096 + BYTES + 4 * COUNT);
    assertThat(notices)
        .containsExactly(
            "40 decoded images do not fit into memory (limit 0 MiB); writing them once, 1 MiB, to "
                + file,
            "40 decoded images read from " + file);
  }

  @Test
  void severalThreadsReadAFileAtOnce() {
    var kept = storage(0).keep(origin("1"), counted());
    IntStream.range(0, 20 * COUNT)
        .parallel()
        .forEach(i -> assertThat(Pixels.of(kept, i % COUNT)).isEqualTo(image(i % COUNT)));
  }

  @Test
  void aViewOfAFileReadsTheRightImages() {
    var some = storage(0).keep(origin("1"), counted()).select(new int[] {7, 0, 7});
    assertThat(Pixels.of(some, 0)).isEqualTo(image(7));
    assertThat(Pixels.of(some.select(new int[] {1}), 0)).isEqualTo(image(0));
  }

  @Test
  void imagesInAFileAreResizedWhenTheyAreRead() {
    var file = storage(0).keep(origin("1"), counted());
    var memory = storage(BYTES).keep(origin("1"), counted());
    var geometry = ImageGeometry.square(2);
    for (int i = 0; i < COUNT; i++) {
      assertThat(Pixels.of(file.preprocessed(geometry), i))
          .isEqualTo(Pixels.of(memory.preprocessed(geometry), i));
    }
    assertThat(file.preprocessed(geometry)).hasToString("40 images of 2x2x3");
  }

  @Test
  void anotherKeyMakesTheFileAnew() throws IOException {
    storage(0).keep(origin("1"), counted());
    assertHoldsAll(storage(0).keep(origin("2"), counted()));
    assertThat(made).hasValue(2 * COUNT);
    assertThat(pixelFiles()).hasSize(1);
  }

  @Test
  void anotherPlaceIsAnotherFile() throws IOException {
    storage(0).keep(origin("1"), counted());
    storage(0).keep(new ImageStorage.Origin("my set", "/b", () -> "1"), counted());
    assertThat(pixelFiles()).hasSize(2).allMatch(f -> f.toString().contains("/my_set-"));
  }

  @Test
  void anotherCountOrShapeMakesTheFileAnew() throws IOException {
    storage(0).keep(origin("1"), counted());
    var fewer = Images.from(SHAPE, 3, (index, target, offset) -> {});
    assertThat(storage(0).keep(origin("1"), fewer).count()).isEqualTo(3);
    var turned = Images.from(new ImageShape(5, 3, 3), 3, (index, target, offset) -> {});
    assertThat(storage(0).keep(origin("1"), turned).height()).isEqualTo(5);
    assertThat(pixelFiles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 25, 100, 4096 + BYTES, 4096 + BYTES + 4 * COUNT - 1})
  void aDamagedHeadOrTableOfChecksumsMakesTheFileAnew(long at) throws IOException {
    storage(0).keep(origin("1"), counted());
    flip(pixelFiles().get(0), at);
    assertHoldsAll(storage(0).keep(origin("1"), counted()));
    assertThat(made).hasValue(2 * COUNT);
  }

  @Test
  void aFileThatWasCutOffIsMadeAnew() throws IOException {
    storage(0).keep(origin("1"), counted());
    var file = pixelFiles().get(0);
    var whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertHoldsAll(storage(0).keep(origin("1"), counted()));
    assertThat(made).hasValue(2 * COUNT);
  }

  @Test
  void aDamagedPixelIsFoundWhenItsImageIsReadAndTheFileIsMadeAnewNextTime() throws IOException {
    var kept = storage(0).keep(origin("1"), counted());
    var file = pixelFiles().get(0);
    flip(file, 4096 + 45 * 17 + 44);
    assertThat(Pixels.of(kept, 16)).isEqualTo(image(16));
    assertThatThrownBy(() -> Pixels.of(kept, 17))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + " is damaged (wrong CRC-32C of image 17) and was removed; the next start rewrites it");
    assertHoldsAll(storage(0).keep(origin("1"), counted()));
  }

  @Test
  void aFailureLeavesNoFile() throws IOException {
    var failure = new DataException("image 30 is no image");
    var failing =
        Images.from(
            SHAPE,
            COUNT,
            (index, target, offset) -> {
              if (index == 30) {
                throw failure;
              }
            });
    assertThatThrownBy(() -> storage(0).keep(origin("1"), failing))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("image 30 is no image");
    try (var left = Files.list(folder)) {
      assertThat(left).allMatch(path -> path.toString().endsWith(".lock"));
    }
  }

  @Test
  void whatAKilledProcessLeftIsNeverRead() throws IOException {
    storage(0).keep(origin("1"), counted());
    var file = pixelFiles().get(0);
    var whole = Files.readAllBytes(file);
    var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.write(unfinished, Arrays.copyOf(whole, 4096 + 45 * 20));
    Files.delete(file);
    assertHoldsAll(storage(0).keep(origin("1"), counted()));
    assertThat(made).hasValue(2 * COUNT);
    assertThat(unfinished).doesNotExist();
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void aDiskThatIsTooSmallIsToldBeforeAnythingIsWritten() throws IOException {
    var huge = new ImageShape(20000, 30000, 3);
    var images = Images.from(huge, 1_000_000, (index, target, offset) -> made.incrementAndGet());
    assertThatThrownBy(() -> storage(1 << 30).keep(origin("1"), images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1000000 decoded images need 1716613774 MiB in " + folder)
        .hasMessageContaining("free there; make room");
    assertThat(made).hasValue(0);
    assertThat(pixelFiles()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(temporary.resolve("cache"), "a file where the folder should be");
    assertThatThrownBy(() -> storage(0).keep(origin("1"), counted()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("cannot be written or read");
  }

  @Test
  void oneFileIsWrittenByOneAtATime() {
    // A single image is made by this thread; with more, some would still be made after the failure.
    var nested =
        Images.from(SHAPE, 1, (index, target, offset) -> storage(0).keep(origin("1"), counted()));
    assertThatThrownBy(() -> storage(0).keep(origin("1"), nested))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is being written by another thread of this process");
  }

  private ImageStorage storage(long memoryBytes) {
    return new ImageStorage(folder, memoryBytes, notices::add);
  }

  private static ImageStorage.Origin origin(String key) {
    return new ImageStorage.Origin("my set", "/a", () -> key);
  }

  private Images counted() {
    return Images.from(
        SHAPE,
        COUNT,
        (index, target, offset) -> {
          made.incrementAndGet();
          System.arraycopy(image(index), 0, target, offset, SHAPE.bytes());
        });
  }

  private static byte[] image(int index) {
    var image = new byte[SHAPE.bytes()];
    Arrays.fill(image, (byte) (200 + index));
    image[44] = (byte) (3 * index);
    return image;
  }

  private static void assertHoldsAll(Images images) {
    assertThat(images.count()).isEqualTo(COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(Pixels.of(images, i)).isEqualTo(image(i));
    }
  }

  private List<Path> pixelFiles() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pixels")).toList();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int old = access.read();
      access.seek(at);
      access.write(old ^ 1);
    }
  }

  @Test
  void moreImagesThanChecksumsFitAreRefusedWithTheLimit() {
    var shape = new ImageShape(1, 1, 1);
    assertThatThrownBy(() -> new PixelFile.Content("key", shape, 1 << 29))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("536,870,912 images")
        .hasMessageContaining("at most 536,870,909");
    assertThat(new PixelFile.Content("key", shape, (1 << 29) - 3).fileBytes())
        .isEqualTo(4096 + 5L * ((1 << 29) - 3));
  }
}
