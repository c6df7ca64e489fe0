package org.openmargin.dicom.file;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Deflated data sets (PS3.5, annex A.5; RFC 1951), up to a size: a small file can hold any number
 * of zeros, so the bytes are counted before there is memory for them.
 */
final class Inflation {
  private static final int MOST_BYTES = 1 << 28;
  private static final int PIECE = 1 << 14;

  private Inflation() {}

  static byte[] of(byte[] file, int from) {
    var data = new byte[count(file, from)];
    var inflater = inflater(file, from);
    try {
      for (var at = 0; at < data.length; ) {
        at += inflater.inflate(data, at, data.length - at);
      }
      return data;
    } catch (DataFormatException e) {
      throw new IllegalStateException("the same data were right before", e);
    } finally {
      inflater.end();
    }
  }

  private static int count(byte[] file, int from) {
    var inflater = inflater(file, from);
    var piece = new byte[PIECE];
    try {
      while (!inflater.finished()) {
        if (inflater.inflate(piece) == 0 && !inflater.finished()) {
          throw Refusals.damaged("ends in its deflated data");
        }
        if (inflater.getBytesWritten() > MOST_BYTES) {
          throw Refusals.unsupported(
              "that inflates to more than %d MiB is not read", MOST_BYTES >> 20);
        }
      }
      return (int) inflater.getBytesWritten();
    } catch (DataFormatException e) {
      throw Refusals.damaged("has wrong deflated data");
    } finally {
      inflater.end();
    }
  }

  private static Inflater inflater(byte[] file, int from) {
    var inflater = new Inflater(true);
    inflater.setInput(file, from, file.length - from);
    return inflater;
  }
}
