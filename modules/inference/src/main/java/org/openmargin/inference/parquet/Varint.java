package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;

/** Unsigned numbers in as many bytes as they need: seven bits each, the lowest first. */
final class Varint {
  private static final int MORE = 0x80;

  private Varint() {}

  static void write(long value, ByteArrayOutputStream out) {
    var rest = value;
    while ((rest & -MORE) != 0) {
      out.write((int) ((rest & (MORE - 1)) | MORE));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
