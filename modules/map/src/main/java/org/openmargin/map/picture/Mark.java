package org.openmargin.map.picture;

/** Something in a picture; coordinates in pixels from the upper left corner. */
sealed interface Mark {

  /** A line, 1 pixel wide. */
  record Line(double x1, double y1, double x2, double y2, Swatch colour) implements Mark {}

  /** Words on a base line. */
  record Words(double x, double y, Text text) implements Mark {}

  /** A point. */
  record Dot(double x, double y, Look look, String hint) implements Mark {}

  /**
   * @param words one line
   * @param sizePx height of the letters' box
   */
  record Text(String words, double sizePx, Style style, Anchor anchor) {}

  /** Weight and colour of words. */
  enum Style {
    STRONG,
    PLAIN,
    SOFT;

    Swatch colour() {
      return this == SOFT ? Swatch.SOFT : Swatch.INK;
    }
  }

  /** Which end of the words is at x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * How points look.
   *
   * @param outline shape
   * @param radius px
   * @param colour of what is filled, or of the border where nothing is
   * @param fill how the inside is drawn
   */
  record Look(Outline outline, double radius, Swatch colour, Fill fill) {}

  /** The inside of a point. */
  enum Fill {
    /** Filled, without border. */
    FILLED,
    /** Only a border. */
    HOLLOW,
    /** Filled, with a dark border. */
    BORDERED
  }
}
