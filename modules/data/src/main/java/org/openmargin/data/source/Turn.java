package org.openmargin.data.source;

import java.util.List;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.MemoryPixels;
import org.openmargin.files.image.Orientation;

/**
 * Turns a decoded image upright: mirrors, then exchanges rows and columns. An exported model's
 * graph does the same.
 */
record Turn(boolean mirrored, boolean upsideDown, boolean transposed) {

  static Turn of(byte[] file) {
    return new Turn(
        Orientation.MIRRORED.in(file),
        Orientation.UPSIDE_DOWN.in(file),
        Orientation.TRANSPOSED.in(file));
  }

  /**
   * @param pixels [height, width, channels]
   */
  Images apply(ImageShape shape, byte[] pixels) {
    var turned =
        transposed
            ? new ImageShape(
                /* height= */ shape.width(), /* width= */ shape.height(), shape.channels())
            : shape;
    var upright = mirrored || upsideDown || transposed ? moved(shape, turned, pixels) : pixels;
    return Images.from(turned, 1, new MemoryPixels(turned, List.of(upright)));
  }

  private byte[] moved(ImageShape from, ImageShape to, byte[] pixels) {
    var channels = from.channels();
    var upright = new byte[pixels.length];
    for (var y = 0; y < to.height(); y++) {
      for (var x = 0; x < to.width(); x++) {
        var row = transposed ? x : y;
        var column = transposed ? y : x;
        var source =
            (upsideDown ? from.height() - 1 - row : row) * from.width()
                + (mirrored ? from.width() - 1 - column : column);
        System.arraycopy(
            pixels, source * channels, upright, (y * to.width() + x) * channels, channels);
      }
    }
    return upright;
  }
}
