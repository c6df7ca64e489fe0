package org.openmargin.files.image;

import java.awt.image.BufferedImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The orientation that a TIFF structure states in tag 0112 of its first directory (TIFF 6.0,
 * section 8): a TIFF file, or the Exif chunk of a WebP file.
 *
 * @param value 1 to 8; 1 is upright
 */
record StatedOrientation(int value) {
  static final StatedOrientation UPRIGHT = new StatedOrientation(1);

  private static final int TAG = 0x112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final int HEADER = 8;

  /** Upright if the structure states nothing that is known, or is damaged. */
  static StatedOrientation in(byte[] tiff) {
    try {
      return in(ByteBuffer.wrap(tiff));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }

  private static StatedOrientation in(ByteBuffer tiff) {
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    var directory = tiff.getInt(4);
    if (directory < HEADER) {
      return UPRIGHT;
    }
    var entries = tiff.getShort(directory) & 0xffff;
    for (var i = 0; i < entries; i++) {
      var at = directory + 2 + i * ENTRY;
      if (tiff.getShort(at) == TAG) {
        var value = tiff.getShort(at + 2) == SHORT ? tiff.getShort(at + 8) : 1;
        return value >= 1 && value <= 8 ? new StatedOrientation(value) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  boolean upright() {
    return value == 1;
  }

  /** The image mirrored, then with rows and columns exchanged, so that it stands upright. */
  BufferedImage apply(BufferedImage image) {
    if (upright()) {
      return image;
    }
    var mirrored = Set.of(2, 3, 7, 8).contains(value);
    var upsideDown = Set.of(3, 4, 6, 7).contains(value);
    var transposed = value >= 5;
    var width = transposed ? image.getHeight() : image.getWidth();
    var height = transposed ? image.getWidth() : image.getHeight();
    var from = image.getRaster();
    var to = from.createCompatibleWritableRaster(width, height);
    var samples = new int[from.getNumBands()];
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < width; x++) {
        var row = transposed ? x : y;
        var column = transposed ? y : x;
        from.getPixel(
            mirrored ? image.getWidth() - 1 - column : column,
            upsideDown ? image.getHeight() - 1 - row : row,
            samples);
        to.setPixel(x, y, samples);
      }
    }
    return new BufferedImage(image.getColorModel(), to, image.isAlphaPremultiplied(), null);
  }
}
