package org.openmargin.parquet.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes of a page, from where the next thing begins.
 *
 * @param bytes whose position moves on
 */
record PageBytes(ByteBuffer bytes) {
  /** Values by which writers fill up a last run. */
  private static final int FILLING = 512;

  /** The largest block of deltas: writers use 128. */
  private static final long LARGEST_BLOCK = 1 << 16;

  private static final int LONGEST_NUMBER = 10;

  /** A part that begins with its length, of four bytes. */
  ByteBuffer section() {
    if (bytes.remaining() < Integer.BYTES) {
      throw ParquetDamage.of("a page ends early");
    }
    return part(bytes.order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  ByteBuffer part(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw ParquetDamage.of(
          "%d bytes in a page that has %d left".formatted(length, bytes.remaining()));
    }
    var part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  /** Indices into a dictionary: bits of one, then runs. A page of nulls has nothing. */
  void requireIndices(int count) {
    if (bytes.hasRemaining()) {
      requireRuns(bytes.get(), count);
    }
  }

  /**
   * Runs of one repeated value, and of values packed by eights.
   *
   * @param width bits of a value
   * @param count values at most, as the page says
   */
  void requireRuns(int width, int count) {
    if (width < 0 || width > Integer.SIZE) {
      throw ParquetDamage.of("values of %d bits".formatted(width));
    }
    var left = (long) count;
    while (bytes.hasRemaining() && left > 0) {
      var head = number();
      var packed = (head & 1) == 1;
      var values = (head >>> 1) * (packed ? 8 : 1);
      if (head < 0 || head > Integer.MAX_VALUE || values > left + FILLING) {
        throw ParquetDamage.of("a run of %d of %d values".formatted(values, left));
      }
      // The last run of some writers lacks its last bytes.
      var length = packed ? (head >>> 1) * width : (width + 7) / 8;
      part(Math.min(length, bytes.remaining()));
      left -= values;
    }
  }

  /** Differences, packed in blocks of small blocks. */
  void requireDeltas(int count) {
    var block = number();
    var parts = number();
    var total = number();
    number(); // the first value
    var fits = block > 0 && block <= LARGEST_BLOCK && parts > 0 && parts <= block;
    if (!fits || total < 0 || total > count) {
      throw ParquetDamage.of(
          "%d of %d values, in blocks of %d of %d".formatted(total, count, parts, block));
    }
    for (var left = total - 1; left > 0; ) {
      number(); // the smallest difference
      var widths = part(parts);
      for (; widths.hasRemaining() && left > 0; left -= block / parts) {
        part(widths.get() * (block / parts) / Byte.SIZE);
      }
    }
  }

  /** Seven bits a byte, the lowest first. */
  private long number() {
    var number = 0L;
    for (var i = 0; i < LONGEST_NUMBER && bytes.hasRemaining(); i++) {
      var next = bytes.get();
      number |= (next & 0x7fL) << (7 * i);
      if (next >= 0) {
        return number;
      }
    }
    throw ParquetDamage.of("a number in a page has no end");
  }
}
