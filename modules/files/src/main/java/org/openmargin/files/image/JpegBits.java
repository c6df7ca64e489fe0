package org.openmargin.files.image;

/**
 * The bits of one entropy-coded segment (ITU-T T.81, F.2.2.5): {@code ff 00} is a byte {@code ff},
 * any other {@code ff xx} ends the segment.
 */
final class JpegBits {
  /** Bytes that encoders may leave before a marker, to align it. */
  private static final int MOST_PADDING = 3;

  private final byte[] file;
  private int position;
  private long bits;
  private int count;

  JpegBits(byte[] file, int position) {
    this.file = file;
    this.position = position;
  }

  /**
   * The next bits without consuming them; zeros behind the end.
   *
   * @param length 1..16
   */
  int peek(int length) {
    while (count < length && fill()) {}
    return count >= length
        ? (int) (bits >>> (count - length)) & ((1 << length) - 1)
        : (int) (bits << (length - count)) & ((1 << length) - 1);
  }

  /**
   * @throws ImageFileException if there are fewer bits
   */
  void skip(int length) {
    while (count < length && fill()) {}
    if (count < length) {
      throw ImageFileException.damaged("the JPEG data end before the image does");
    }
    count -= length;
    bits &= (1L << count) - 1;
  }

  /**
   * The next bits, as a number.
   *
   * @param length 0..16
   */
  int read(int length) {
    if (length == 0) {
      return 0;
    }
    var value = peek(length);
    skip(length);
    return value;
  }

  /**
   * Ends the segment.
   *
   * @return where its marker begins
   * @throws ImageFileException if much is left before it
   */
  int end() {
    var left = count / 8;
    while (!atMarker()) {
      position += position + 1 < file.length && stuffed() ? 2 : 1;
      left++;
      if (position >= file.length) {
        throw ImageFileException.damaged("the JPEG file has no end marker");
      }
    }
    if (left > MOST_PADDING) {
      throw ImageFileException.damaged("%d bytes of JPEG data are left over", left);
    }
    if (paddedByZeros() && endsInZeros()) {
      throw ImageFileException.damaged("the JPEG data end in zeros");
    }
    count = 0;
    bits = 0;
    return position;
  }

  /** Bits that fill the last byte are ones; only what was not written is zero. */
  private boolean paddedByZeros() {
    return count > 0 && bits == 0;
  }

  private boolean endsInZeros() {
    var zeros = 0;
    while (zeros < MOST_PADDING && file[position - 1 - zeros] == 0) {
      zeros++;
    }
    return zeros == MOST_PADDING && file[position - 1 - zeros] != (byte) 0xff;
  }

  private boolean fill() {
    if (position >= file.length || atMarker()) {
      return false;
    }
    bits = (bits << 8) | (file[position] & 0xff);
    count += 8;
    position += stuffed() ? 2 : 1;
    return true;
  }

  private boolean stuffed() {
    return (file[position] & 0xff) == 0xff;
  }

  private boolean atMarker() {
    return position + 1 < file.length && stuffed() && file[position + 1] != 0;
  }
}
