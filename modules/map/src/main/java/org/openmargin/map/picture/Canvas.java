package org.openmargin.map.picture;

import java.awt.Color;

/** What a map is drawn on; coordinates in pixels from the upper left corner. */
interface Canvas {
  Color INK = new Color(0x1a2230);
  Color SOFT_INK = new Color(0x566173);
  Color LINE = new Color(0xc9d0da);
  Color PAPER = Color.WHITE;

  /** Of a filled symbol, so that those below show through. */
  double OPACITY = 0.8;

  /** Of a symbol with a border. */
  double BORDER_PX = 1.3;

  /** A line, 1 pixel wide. */
  void line(double x1, double y1, double x2, double y2);

  /** Words on a base line. */
  void text(double x, double y, String words, TextStyle style);

  /**
   * A point of the map.
   *
   * @param hint shown when the mouse is over it, where the format can; may be empty
   */
  void point(double x, double y, Symbol symbol, String hint);

  /**
   * @param sizePx height of the letters' box
   * @param anchor which end of the words is at x
   */
  record TextStyle(double sizePx, boolean bold, Color colour, Anchor anchor) {
    static TextStyle plain(double sizePx) {
      return new TextStyle(sizePx, false, INK, Anchor.START);
    }

    static TextStyle bold(double sizePx) {
      return new TextStyle(sizePx, true, INK, Anchor.START);
    }

    static TextStyle soft(double sizePx) {
      return new TextStyle(sizePx, false, SOFT_INK, Anchor.START);
    }

    TextStyle at(Anchor end) {
      return new TextStyle(sizePx, bold, colour, end);
    }
  }

  /** Which end of words is at their x; named as in SVG. */
  enum Anchor {
    START(0),
    MIDDLE(0.5),
    END(1);

    private final double share;

    Anchor(double share) {
      this.share = share;
    }

    /** How much of the words is left of x. */
    double share() {
      return share;
    }
  }

  /**
   * How points look.
   *
   * @param radius px
   * @param colour of what is filled, or of the border of a hollow symbol
   */
  record Symbol(Outline outline, double radius, Color colour, Fill fill) {}

  /** The inside of a symbol. */
  enum Fill {
    /** Filled, without border. */
    FILLED,
    /** Only a border. */
    HOLLOW,
    /** Filled, with a dark border. */
    BORDERED
  }
}
