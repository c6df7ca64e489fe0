package org.openmargin.map.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** A picture in pixels, two for each of the picture's own, so that print is sharp as well. */
final class PicturePng {
  private static final int SCALE = 2;

  private PicturePng() {}

  /** Whether words can be drawn: a Java without screen may be on a machine without any font. */
  static boolean hasFont() {
    try {
      var context = new FontRenderContext(new AffineTransform(), true, true);
      return !font(Mark.Style.PLAIN, 12).getStringBounds("a", context).isEmpty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // What the JDK throws then depends on what is missing: fonts, fontconfig or freetype.
      return false;
    }
  }

  private static Font font(Mark.Style style, double sizePx) {
    int weight = style == Mark.Style.STRONG ? Font.BOLD : Font.PLAIN;
    return new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) sizePx);
  }

  /** Draws; needs no screen, but a font. */
  static BufferedImage of(Picture picture) {
    BufferedImage image =
        new BufferedImage(
            SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(SCALE, SCALE);
      graphics.setColor(colour(Swatch.PAPER));
      graphics.fillRect(0, 0, picture.width(), picture.height());
      picture.marks().forEach(mark -> draw(graphics, mark));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void draw(Graphics2D graphics, Mark mark) {
    if (mark instanceof Mark.Line line) {
      graphics.setColor(colour(line.colour()));
      graphics.setStroke(new BasicStroke(1));
      graphics.draw(new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()));
    } else if (mark instanceof Mark.Words words) {
      draw(graphics, words);
    } else if (mark instanceof Mark.Dot dot) {
      draw(graphics, dot);
    }
  }

  private static void draw(Graphics2D graphics, Mark.Words words) {
    Mark.Text text = words.text();
    graphics.setFont(font(text.style(), text.sizePx()));
    double width =
        graphics
            .getFont()
            .getStringBounds(text.words(), graphics.getFontRenderContext())
            .getWidth();
    double left =
        switch (text.anchor()) {
          case START -> words.x();
          case MIDDLE -> words.x() - width / 2;
          case END -> words.x() - width;
        };
    graphics.setColor(colour(text.style().colour()));
    graphics.drawString(text.words(), (float) left, (float) words.y());
  }

  private static void draw(Graphics2D graphics, Mark.Dot dot) {
    Mark.Look look = dot.look();
    Shape shape =
        AffineTransform.getTranslateInstance(dot.x(), dot.y()).createTransformedShape(shape(look));
    graphics.setStroke(new BasicStroke((float) Picture.BORDER_PX));
    if (look.fill() != Mark.Fill.HOLLOW) {
      float opacity = look.fill() == Mark.Fill.BORDERED ? 1 : (float) Picture.OPACITY;
      graphics.setComposite(AlphaComposite.SrcOver.derive(opacity));
      graphics.setColor(colour(look.colour()));
      graphics.fill(shape);
      graphics.setComposite(AlphaComposite.SrcOver);
    }
    if (look.fill() != Mark.Fill.FILLED) {
      boolean hollow = look.fill() == Mark.Fill.HOLLOW;
      graphics.setColor(colour(hollow ? look.colour() : Swatch.INK));
      graphics.draw(shape);
    }
  }

  private static Shape shape(Mark.Look look) {
    double radius = look.radius();
    if (look.outline().isCircle()) {
      return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }
    List<Outline.Corner> corners = look.outline().corners(radius);
    Path2D path = new Path2D.Double();
    path.moveTo(corners.get(0).x(), corners.get(0).y());
    corners.stream().skip(1).forEach(c -> path.lineTo(c.x(), c.y()));
    path.closePath();
    return path;
  }

  private static Color colour(Swatch swatch) {
    return new Color(swatch.rgb());
  }
}
