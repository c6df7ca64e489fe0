package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether a BMP file has all its pixels: decoders leave those that are missing black. Rows that are
 * not compressed have a fixed size; runs (RLE4, RLE8) end with a mark.
 */
final class BmpFile {
  private static final int OLD_HEADER = 12;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;

  private final ByteBuffer bytes;

  private BmpFile(byte[] file) {
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @throws ImageFileException if the file is damaged or cut off
   */
  static void mustBeWhole(byte[] file) {
    try {
      new BmpFile(file).check();
    } catch (IndexOutOfBoundsException e) {
      throw new ImageFileException("damaged or cut off: the BMP file ends in its image", e);
    }
  }

  private void check() {
    var old = bytes.getInt(14) == OLD_HEADER;
    var width = old ? bytes.getShort(18) & 0xffff : bytes.getInt(18);
    var height = Math.abs(old ? bytes.getShort(20) : bytes.getInt(22));
    var bits = bytes.getShort(old ? 24 : 28);
    var compression = old ? 0 : bytes.getInt(30);
    if (width < 1 || height < 1 || bits < 1) {
      throw ImageFileException.damaged("the BMP header describes no image");
    }
    ImageFileException.refuseHuge(width, height);
    if (compression == RLE8 || compression == RLE4) {
      runs(bytes.getInt(10), compression == RLE8 ? 1 : 2);
    } else if (compression == 0 || compression == BIT_FIELDS) {
      var row = ((long) width * bits + 31) / 32 * 4;
      if (bytes.getInt(10) < 0 || bytes.getInt(10) + row * height > bytes.limit()) {
        throw ImageFileException.damaged("the BMP file ends before its image does");
      }
    }
  }

  /** Follows runs and literal pixels to the mark of the end. */
  private void runs(int start, int pixelsPerByte) {
    var at = start;
    while (true) {
      var count = bytes.get(at) & 0xff;
      var value = bytes.get(at + 1) & 0xff;
      at += 2;
      if (count > 0 || value == 0) {
        continue;
      }
      if (value == 1) {
        return;
      }
      var literal = (value + pixelsPerByte - 1) / pixelsPerByte;
      at += value == 2 ? 2 : literal + literal % 2;
    }
  }
}
