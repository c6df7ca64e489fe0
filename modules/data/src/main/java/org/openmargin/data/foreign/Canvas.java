package org.openmargin.data.foreign;

import org.openmargin.data.ImageShape;
import org.openmargin.data.SplitMix;

/**
 * An image that is being drawn.
 *
 * @param grain side of a pixel of the network's input, in pixels of this image
 * @param pixels [height, width, channels] row-major
 */
@SuppressWarnings("ArrayRecordComponent") // written to, never compared
record Canvas(ImageShape shape, int grain, byte[] pixels) {

  Canvas(ImageShape shape, int grain) {
    this(shape, grain, new byte[shape.bytes()]);
  }

  /** The value of a pixel in a channel, 0..255; rounded and clipped. */
  interface Shade {
    double at(double y, double x, int channel);
  }

  /** Asks for every value once: rows, then columns, then channels; from 0, px. */
  void fill(Shade shade) {
    for (var y = 0; y < shape.height(); y++) {
      for (var x = 0; x < shape.width(); x++) {
        for (var c = 0; c < shape.channels(); c++) {
          set(y, x, c, shade.at(y, x, c));
        }
      }
    }
  }

  void set(int y, int x, int channel, double value) {
    pixels[(y * shape.width() + x) * shape.channels() + channel] =
        (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** The shorter side, in pixels of the network's input. */
  int side() {
    return Math.min(shape.height(), shape.width()) / grain;
  }

  /** Red, green and blue, 0..255; all equal for grey images and, else, in one case of three. */
  double[] colour(SplitMix random) {
    var grey = random.between(0, 255);
    var coloured = shape.channels() == 3 && random.nextInt(3) > 0;
    return coloured
        ? new double[] {random.between(0, 255), random.between(0, 255), random.between(0, 255)}
        : new double[] {grey, grey, grey};
  }

  /** Two colours whose brightness differs by at least 80 of 255. */
  double[][] contrast(SplitMix random) {
    while (true) {
      var a = colour(random);
      var b = colour(random);
      if (Math.abs(a[0] + a[1] + a[2] - b[0] - b[1] - b[2]) >= 3 * 80) {
        return new double[][] {a, b};
      }
    }
  }
}
