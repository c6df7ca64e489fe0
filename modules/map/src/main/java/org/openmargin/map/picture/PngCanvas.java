package org.openmargin.map.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;

/** Draws at twice the canvas's resolution, which keeps prints sharp. */
final class PngCanvas implements Canvas {
  private static final int SCALE = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** Needs a font, but no screen. */
  PngCanvas(int width, int height) {
    image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, height);
  }

  /** Whether words can be drawn; a machine without a screen may have no fonts. */
  static boolean hasFont() {
    try {
      var context = new FontRenderContext(new AffineTransform(), true, true);
      return !font(TextStyle.plain(12)).getStringBounds("a", context).isEmpty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // What the JDK throws depends on what is missing: fonts, fontconfig or freetype.
      return false;
    }
  }

  private static Font font(TextStyle style) {
    var weight = style.bold() ? Font.BOLD : Font.PLAIN;
    return new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) style.sizePx());
  }

  BufferedImage image() {
    graphics.dispose();
    return image;
  }

  @Override
  public void line(double x1, double y1, double x2, double y2) {
    graphics.setColor(LINE);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void text(double x, double y, String words, TextStyle style) {
    var font = font(style);
    var width = font.getStringBounds(words, graphics.getFontRenderContext()).getWidth();
    var left = x - width * style.anchor().share();
    graphics.setFont(font);
    graphics.setColor(style.colour());
    graphics.drawString(words, (float) left, (float) y);
  }

  @Override
  public void point(double x, double y, Symbol symbol, String hint) {
    var shape = symbol.outline().shape(x, y, symbol.radius());
    graphics.setColor(symbol.colour());
    if (symbol.fill() != Fill.HOLLOW) {
      var opacity = symbol.fill() == Fill.BORDERED ? 1 : (float) OPACITY;
      graphics.setComposite(AlphaComposite.SrcOver.derive(opacity));
      graphics.fill(shape);
      graphics.setComposite(AlphaComposite.SrcOver);
      graphics.setColor(INK);
    }
    if (symbol.fill() != Fill.FILLED) {
      graphics.setStroke(new BasicStroke((float) BORDER_PX));
      graphics.draw(shape);
    }
  }
}
