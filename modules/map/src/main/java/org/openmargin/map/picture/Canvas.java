package org.openmargin.map.picture;

import java.awt.Color;

/** A surface to draw maps on; coordinates in pixels from the upper left corner. */
interface Canvas {
  Color INK = new Color(0x1a2230);
  Color SOFT_INK = new Color(0x566173);
  Color LINE = new Color(0xc9d0da);
  Color PAPER = Color.WHITE;

  /** Of filled symbols, to let those below show through. */
  double OPACITY = 0.8;

  /** Of a symbol with a border. */
  double BORDER_PX = 1.3;

  /** A line, 1 pixel wide. */
  void line(double x1, double y1, double x2, double y2);

  /** Words, at their base line. */
  void text(double x, double y, String words, TextStyle style);

  /**
   * A point of the map.
   *
   * @param hint shown on mouse-over if the format supports it; may be empty
   */
  void point(double x, double y, Symbol symbol, String hint);

  /** The size is the height of the letters' box. */
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

  /** Which end of the words is at x; named as in SVG. */
  enum Anchor {
    START(0),
    MIDDLE(0.5),
    END(1);

    private final double share;

    Anchor(double share) {
      this.share = share;
    }

    /** Share of the words left of x. */
    double share() {
      return share;
    }
  }

  /** The radius in px; the colour of the filling, or of a hollow symbol's border. */
  record Symbol(Outline outline, double radius, Color colour, Fill fill) {}

  /** The inside of a symbol. */
  enum Fill {
    /** Without border. */
    FILLED,
    HOLLOW,
    /** Filled, with a dark border. */
    BORDERED
  }
}
