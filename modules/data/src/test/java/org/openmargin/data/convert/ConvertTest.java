package org.openmargin.data.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.tfrecord.ImageExample;
import org.openmargin.files.TfRecords;

class ConvertTest {
  @TempDir private Path folder;

  @Test
  void imagesComeBackFromRecordsAndFilesAsTheyWere() throws IOException {
    var records = folder.resolve("records");
    new TfRecordFolder(records).write(new PixelRecords(dataset()));
    assertThat(Files.readAllLines(records.resolve("labels.txt"))).containsExactly("zebra", "ant");
    var read = TfRecordFiles.of(TfRecordFiles.in(records));
    assertThat(read.classNames()).containsExactly("zebra", "ant");
    assertThat(all(read)).containsExactlyInAnyOrderElementsOf(all(new PixelRecords(dataset())));
    var images = folder.resolve("images");
    new ImageFolder(images).write(read);
    var manifest = Manifest.read(images.resolve("manifest.csv"), Manifest.Settings.USUAL);
    assertThat(manifest.otherColumns()).containsExactly("source");
    for (var row : manifest.rows()) {
      var number = Integer.parseInt(row.others().get(0).replaceAll("\\D", ""));
      var pixels = new byte[4 * 4 * 3];
      ImageFiles.decode(row.image(), 3).copyTo(0, pixels, 0);
      assertThat(pixels).containsOnly((byte) number);
      assertThat(row.entry().label()).isEqualTo(number % 2 == 0 ? "zebra" : "ant");
      assertThat(row.entry().group()).isEqualTo(Optional.of("p" + number));
    }
    assertThat(all(manifest.records(manifest.rows(), List.of("zebra", "ant"))))
        .hasSize(6)
        .allMatch(image -> image.entry().id().matches("(train|validation|test)/00000[01].png"));
  }

  /** Written by TensorFlow 2.21: tf.io.TFRecordWriter and tf.train.Example. */
  @Test
  void recordsOfTensorFlowAreRead() throws IOException {
    var file = folder.resolve("validation-00000-of-00001");
    Files.write(file, HexFormat.of().parseHex(TENSORFLOW));
    var read = TfRecordFiles.of(List.of(file));
    assertThat(read.classNames()).containsExactly("cat");
    assertThat(all(read))
        .containsExactly(
            new ImageRecord(
                new DataEntry(
                    "a/b.png",
                    "cat",
                    Optional.of(Split.VALIDATION),
                    Optional.empty(),
                    Optional.empty()),
                0,
                ByteString.copyFromUtf8("not an image")));
  }

  @Test
  void everyDamagedByteIsFound() throws IOException {
    var out = new ByteArrayOutputStream();
    TfRecords.write(out, example("x").record());
    TfRecords.write(out, example("y").record());
    var whole = out.toByteArray();
    var file = folder.resolve("train.tfrecord");
    for (var at = 0; at < whole.length; at++) {
      var damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      assertThatThrownBy(() -> TfRecordFiles.of(List.of(file)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("train.tfrecord: record ");
    }
    for (var length = 1; length < whole.length; length++) {
      if (length != whole.length / 2) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> TfRecordFiles.of(List.of(file)))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("the file ends inside it");
      }
    }
  }

  @Test
  void whatIsNoImageIsSaidWithItsRecord() throws IOException {
    var file = folder.resolve("test.tfrecord");
    write(file, example("x").record(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TfRecordFiles.of(List.of(file)))
        .hasMessageContaining("test.tfrecord: record 2: no tf.train.Example");
    write(file, new byte[0]);
    assertThatThrownBy(() -> TfRecordFiles.of(List.of(file)))
        .hasMessageContaining("record 1: no image/encoded; its keys are []");
    write(file, numbered(1, "cat").record(), numbered(1, "dog").record());
    assertThatThrownBy(() -> TfRecordFiles.of(List.of(file)))
        .hasMessageContaining("record 2: class 1 is called 'dog' here and 'cat' before");
    var other = folder.resolve("images.tfrecord");
    write(other, example("x").record());
    assertThatThrownBy(() -> TfRecordFiles.of(List.of(other)))
        .hasMessageContaining("must begin with its part");
  }

  @Test
  void aNumberWithoutATextIsItsName() throws IOException {
    var file = folder.resolve("train.tfrecord");
    write(file, numbered(9, "").record(), numbered(2, "").record(), numbered(9, "").record());
    var read = TfRecordFiles.of(List.of(file));
    assertThat(read.classNames()).containsExactly("class 2", "class 9");
    assertThat(all(read)).extracting(ImageRecord::label).containsExactly(1, 0, 1);
    assertThat(all(read).get(2).entry().id()).isEqualTo("train.tfrecord/000002");
  }

  @Test
  void nothingIsWrittenOverAFolderAndNothingIsLeftOfAFailure() throws IOException {
    assertThatThrownBy(() -> new ImageFolder(folder).write(new PixelRecords(dataset())))
        .hasMessageContaining("already exists");
    var missing = folder.resolve("new");
    var failing =
        new ImageRecords() {
          @Override
          public List<String> classNames() {
            return List.of("a");
          }

          @Override
          public void forEach(Taker taker) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> new TfRecordFolder(missing).write(failing))
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("the disk is gone");
    assertThat(folder).isEmptyDirectory();
  }

  private static void write(Path file, byte[]... records) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      for (var record : records) {
        TfRecords.write(out, record);
      }
    }
  }

  private static ImageExample example(String name) {
    return new ImageExample(
        ByteString.copyFromUtf8("image"), "png", name, OptionalLong.of(0), "cat", "", "");
  }

  private static ImageExample numbered(long label, String text) {
    return new ImageExample(
        ByteString.copyFromUtf8("image"), "", "", OptionalLong.of(label), text, "", "");
  }

  private static List<ImageRecord> all(ImageRecords images) throws IOException {
    var all = new ArrayList<ImageRecord>();
    images.forEach(all::add);
    return all;
  }

  /** Six images; image i has pixels i, group pi, and is a zebra if i is even. */
  private static Dataset dataset() {
    return new Dataset(
        "d", List.of("zebra", "ant"), part("train", 0), part("val", 2), part("test", 4), "0");
  }

  private static LabeledImages part(String name, int first) {
    var pixels = new byte[2 * 4 * 4 * 3];
    Arrays.fill(pixels, 0, pixels.length / 2, (byte) first);
    Arrays.fill(pixels, pixels.length / 2, pixels.length, (byte) (first + 1));
    return new LabeledImages(
        Images.of(4, 4, 3, pixels),
        new int[] {0, 1},
        List.of(name + "/" + first, name + "/" + (first + 1)),
        List.of("p" + first, "p" + (first + 1)));
  }

  private static final String TENSORFLOW =
      "b20000000000000027319e070aaf010a1a0a11696d6167652f636c6173732f6c6162656c12051a03"
          + "0a01030a1b0a10696d6167652f636c6173732f7465787412070a050a036361740a210a0d696d6167"
          + "652f656e636f64656412100a0e0a0c6e6f7420616e20696d6167650a1d0a0e696d6167652f66696c"
          + "656e616d65120b0a090a07612f622e706e670a150a0c696d6167652f68656967687412051a030a01"
          + "1c0a1b0a0b696d6167652f73636f7265120c120a0a080000003f0000803ecd79a56a";
}
