package org.openmargin.files.image;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressed data of a strip or tile of a TIFF file (TIFF 6.0, sections 9, 13 and 22). */
final class TiffData {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MOST_CODES = 4096;

  private final byte[] data;

  TiffData(byte[] data) {
    this.data = data;
  }

  /**
   * @param compression by its number
   * @param bytes that the data stand for
   * @throws ImageFileException if there are fewer, or the data have no end
   */
  void mustHold(int compression, long bytes) {
    var held =
        switch (compression) {
          case 1 -> data.length;
          case 5 -> lzw();
          case 8, 32946 -> inflated();
          case 32773 -> packed();
          default -> bytes;
        };
    if (held < bytes) {
      throw ImageFileException.damaged("the data of the TIFF file end before the image does");
    }
  }

  /** A JPEG file, or what is left of one without its tables. */
  void mustBeJpeg(long[] tables) {
    if (tables.length < 4) {
      JpegFile.whole(data);
      return;
    }
    // Without the end of the tables and the beginning of the data.
    var file = new byte[tables.length - 4 + data.length];
    for (var i = 0; i < tables.length - 2; i++) {
      file[i] = (byte) tables[i];
    }
    System.arraycopy(data, 2, file, tables.length - 2, data.length - 2);
    JpegFile.whole(file);
  }

  private long inflated() {
    var inflater = new Inflater();
    try {
      inflater.setInput(data);
      var some = new byte[1 << 14];
      while (!inflater.finished()) {
        if (inflater.inflate(some) == 0 && !inflater.finished()) {
          throw ImageFileException.damaged("the compressed TIFF data have no end");
        }
      }
      return inflater.getBytesWritten();
    } catch (DataFormatException e) {
      throw new ImageFileException(
          "damaged or cut off: the compressed TIFF data are wrong: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Runs of equal bytes, and literal ones. */
  private long packed() {
    var held = 0L;
    for (var at = 0; at < data.length; ) {
      var code = data[at++];
      if (code >= 0) {
        held += Math.min(code + 1, data.length - at);
        at += code + 1;
      } else if (code != -128) {
        held += at < data.length ? 1 - code : 0;
        at++;
      }
    }
    return held;
  }

  /** Counts what the codes stand for; the values do not matter. */
  private long lzw() {
    var lengths = new int[MOST_CODES];
    Arrays.fill(lengths, 0, CLEAR, 1);
    var held = 0L;
    var next = END + 1;
    var width = 9;
    var previous = -1;
    for (var bit = 0L; bit + width <= 8L * data.length; ) {
      var code = bits(bit, width);
      bit += width;
      if (code == END) {
        return held;
      }
      if (code == CLEAR) {
        next = END + 1;
        width = 9;
        previous = -1;
        continue;
      }
      if (code > next || (previous < 0 && code > CLEAR)) {
        throw ImageFileException.damaged("the LZW data of the TIFF file are wrong");
      }
      var length = code < next ? lengths[code] : lengths[previous] + 1;
      if (previous >= 0 && next < MOST_CODES) {
        lengths[next++] = lengths[previous] + 1;
      }
      held += length;
      previous = code;
      // One code earlier than there are codes for.
      width = next + 1 >= 1 << width && width < 12 ? width + 1 : width;
    }
    throw ImageFileException.damaged("the LZW data of the TIFF file have no end");
  }

  private int bits(long from, int count) {
    var value = 0;
    for (var bit = from; bit < from + count; bit++) {
      value = (value << 1) | ((data[(int) (bit >> 3)] >> (7 - (bit & 7))) & 1);
    }
    return value;
  }
}
