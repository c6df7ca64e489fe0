package org.openmargin.data.synthetic;

import org.openmargin.data.SplitMix;

/** A colour, 0..255 per part, not rounded. */
record Rgb(double red, double green, double blue) {

  Rgb mix(Rgb other, double share) {
    double own = 1 - share;
    return new Rgb(
        own * red + share * other.red,
        own * green + share * other.green,
        own * blue + share * other.blue);
  }

  Rgb times(double factor) {
    return new Rgb(factor * red, factor * green, factor * blue);
  }

  /** What is seen through a stained layer: part by part the product, 255 being clear. */
  Rgb through(Rgb layer) {
    return new Rgb(red * layer.red / 255, green * layer.green / 255, blue * layer.blue / 255);
  }

  /** Each part moved by a random amount of the given deviation. */
  Rgb vary(SplitMix random, double deviation) {
    return new Rgb(
        random.around(red, deviation),
        random.around(green, deviation),
        random.around(blue, deviation));
  }
}
