package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Definition or repetition levels of a page, up to 255, as runs of equal ones: the RLE half of
 * Parquet's "RLE / bit-packing hybrid", with its length before it.
 */
final class Levels {
  private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
  private int level;
  private int length;
  private int count;

  void add(int next) {
    if (next != level) {
      endRun();
      level = next;
    }
    length++;
    count++;
  }

  /** How many were added. */
  int count() {
    return count;
  }

  byte[] bytes() {
    endRun();
    var encoded = runs.toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + encoded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(encoded.length)
        .put(encoded)
        .array();
  }

  private void endRun() {
    if (length > 0) {
      Varint.write((long) length << 1, runs);
      runs.write(level);
      length = 0;
    }
  }
}
