package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.Pixels;
import org.openmargin.data.pixels.ImageStorage;

/** MedMNIST's archives of 224 px have arrays of more than 2^31 bytes, and files behind them. */
class LargeNpzTest {
  private static final int SIDE = 224;
  private static final int IMAGE = SIDE * SIDE * 3;

  /** The last image is beyond 2^31 bytes. */
  private static final int COUNT = (int) ((1L << 31) / IMAGE) + 2;

  @TempDir private Path folder;

  @Test
  void imagesBeyondTwoGibibytesAreReadWhereTheyLie() throws IOException {
    var file = folder.resolve("large.npz");
    write(file);
    assertThat((long) COUNT * IMAGE).isGreaterThan(1L << 31);
    var storage = new ImageStorage(folder.resolve("cache"), 1 << 20, notice -> {});
    try (var reader = NpzReader.open(file)) {
      assertThat(reader.imageBytes("train_images")).isEqualTo((long) COUNT * IMAGE);
      var images = new NpzImages(reader, storage).images("train_images");
      assertThat(images.count()).isEqualTo(COUNT);
      assertThat(Pixels.unsigned(images, COUNT - 1)).containsOnly(7);
      assertThat(Pixels.unsigned(images, COUNT - 2)).containsOnly(0);
      assertThat(reader.labels("train_labels")).containsExactly(3, 1);
    }
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  /** Zeros but for the last image, so that the file takes no room; a small array lies behind it. */
  private static void write(Path file) throws IOException {
    var last = new byte[IMAGE];
    Arrays.fill(last, (byte) 7);
    var head = NpzFile.npy("|u1", "(%d, %d, %d, 3)".formatted(COUNT, SIDE, SIDE), new byte[0]);
    var labels = NpzFile.npy("|u1", "(2,)", new byte[] {3, 1});
    var size = head.length + (long) COUNT * IMAGE;
    var crc = new CRC32();
    crc.update(head);
    for (var i = 0; i < COUNT - 1; i++) {
      crc.update(new byte[IMAGE]);
    }
    crc.update(last);
    var ofLabels = new CRC32();
    ofLabels.update(labels);
    try (var zip = new RandomAccessFile(file.toFile(), "rw")) {
      zip.write(header(0x04034b50, "train_images.npy", crc.getValue(), size, 0));
      zip.write(head);
      zip.seek(zip.getFilePointer() + (COUNT - 1L) * IMAGE);
      zip.write(last);
      var second = zip.getFilePointer();
      zip.write(header(0x04034b50, "train_labels.npy", ofLabels.getValue(), labels.length, 0));
      zip.write(labels);
      var directory = zip.getFilePointer();
      zip.write(header(0x02014b50, "train_images.npy", crc.getValue(), size, 0));
      zip.write(header(0x02014b50, "train_labels.npy", ofLabels.getValue(), labels.length, second));
      var end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
      end.putInt(0x06054b50).putInt(0).putShort((short) 2).putShort((short) 2);
      end.putInt((int) (zip.getFilePointer() - directory)).putInt((int) directory);
      zip.write(end.putShort((short) 0).array());
    }
  }

  /** Of a stored file, before its data or in the directory (APPNOTE 4.3.7 and 4.3.12). */
  private static byte[] header(int mark, String name, long crc, long size, long at) {
    var directory = mark == 0x02014b50;
    var bytes = new byte[(directory ? 46 : 30) + name.length()];
    var header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(mark);
    if (directory) {
      header.putShort((short) 20);
    }
    header.putShort((short) 20).putShort((short) 0).putShort((short) 0).putInt(0);
    header.putInt((int) crc).putInt((int) size).putInt((int) size);
    header.putShort((short) name.length()).putShort((short) 0);
    if (directory) {
      header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
      header.putInt((int) at);
    }
    header.put(name.getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }
}
