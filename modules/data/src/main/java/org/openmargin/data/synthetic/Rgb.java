package org.openmargin.data.synthetic;

import org.openmargin.data.SplitMix;

/** A colour, 0..255 per part, not rounded. */
record Rgb(double red, double green, double blue) {

  static Rgb rgb(int hex) {
    return new Rgb(hex >> 16, hex >> 8 & 0xff, hex & 0xff);
  }

  Rgb mix(Rgb other, double share) {
    return times(1 - share, 1 - share, 1 - share)
        .plus(share * other.red, share * other.green, share * other.blue);
  }

  Rgb plus(double r, double g, double b) {
    return new Rgb(red + r, green + g, blue + b);
  }

  Rgb times(double r, double g, double b) {
    return new Rgb(r * red, g * green, b * blue);
  }

  /** Each part moved by a random amount of the given deviation, then all by a common factor. */
  Rgb vary(SplitMix random, double deviation, double brightness) {
    var factor = random.around(1, brightness);
    return times(factor, factor, factor)
        .plus(
            random.around(0, deviation), random.around(0, deviation), random.around(0, deviation));
  }
}
