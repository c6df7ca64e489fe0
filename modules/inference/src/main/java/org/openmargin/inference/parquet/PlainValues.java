package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Values of one column, without its nulls, in Parquet's encoding PLAIN. */
final class PlainValues {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  /**
   * @param value a {@link String}, {@link Boolean}, {@link Double} or {@link Float}
   */
  void add(Object value) {
    if (value instanceof String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      writeInt(bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof Double number) {
      writeLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof Float number) {
      writeInt(Float.floatToRawIntBits(number));
    } else if (value instanceof Boolean bit) {
      bits |= (bit ? 1 : 0) << bitCount++;
      if (bitCount == Byte.SIZE) {
        endByte();
      }
    } else {
      throw new IllegalArgumentException("no value of a column: " + value);
    }
  }

  byte[] bytes() {
    if (bitCount > 0) {
      endByte();
    }
    return out.toByteArray();
  }

  private void endByte() {
    out.write(bits);
    bits = 0;
    bitCount = 0;
  }

  private void writeInt(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void writeLong(long value) {
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
