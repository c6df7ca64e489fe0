package org.openmargin.map.picture;

import java.util.Locale;

/**
 * A colour.
 *
 * @param rgb 0xRRGGBB
 */
record Swatch(int rgb) {
  static final Swatch INK = new Swatch(0x1a2230);
  static final Swatch SOFT = new Swatch(0x566173);
  static final Swatch LINE = new Swatch(0xc9d0da);
  static final Swatch PAPER = new Swatch(0xffffff);

  String hex() {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
