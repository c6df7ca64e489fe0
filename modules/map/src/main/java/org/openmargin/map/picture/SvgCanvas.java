package org.openmargin.map.picture;

import static org.openmargin.report.plot.Numbers.pixel;

import java.awt.Color;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a self-contained SVG file; points show their hint on mouse-over. */
final class SvgCanvas implements Canvas {
  private static final String NOT_XML =
      "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  private final StringBuilder elements = new StringBuilder();

  /** The content of the file. */
  String svg(String title, int width, int height) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
        <title>%3$s</title>
        <rect width="%1$d" height="%2$d" fill="%4$s"/>
        <g font-family="system-ui, 'DejaVu Sans', Arial, sans-serif" fill-opacity="%5$s" stroke-width="%6$s">
        %7$s</g>
        </svg>
        """
        .formatted(
            width, height, escaped(title), hex(PAPER), pixel(OPACITY), pixel(BORDER_PX), elements);
  }

  @Override
  public void line(double x1, double y1, double x2, double y2) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"1\"/>"
            .formatted(pixel(x1), pixel(y1), pixel(x2), pixel(y2), hex(LINE)));
  }

  @Override
  public void text(double x, double y, String words, TextStyle style) {
    var anchor = style.anchor().name().toLowerCase(Locale.ROOT);
    var weight = style.bold() ? " font-weight=\"bold\"" : "";
    var size = pixel(style.sizePx());
    add(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\"%s fill=\"%s\" fill-opacity=\"1\">%s</text>"
            .formatted(
                pixel(x), pixel(y), size, anchor, weight, hex(style.colour()), escaped(words)));
  }

  @Override
  public void point(double x, double y, Symbol symbol, String hint) {
    var outline = symbol.outline();
    var inside = hint.isEmpty() ? "" : "<title>" + escaped(hint) + "</title>";
    var tag = outline == Outline.CIRCLE ? "circle" : "polygon";
    var shape =
        outline == Outline.CIRCLE
            ? "cx=\"%s\" cy=\"%s\" r=\"%s\"".formatted(pixel(x), pixel(y), pixel(symbol.radius()))
            : "points=\"%s\"".formatted(corners(outline.corners(symbol.radius()), x, y));
    add("<%s %s %s>%s</%s>".formatted(tag, shape, paint(symbol), inside, tag));
  }

  private static String corners(List<Point2D> corners, double x, double y) {
    return corners.stream()
        .map(c -> pixel(x + c.getX()) + "," + pixel(y + c.getY()))
        .collect(Collectors.joining(" "));
  }

  private static String paint(Symbol symbol) {
    var colour = hex(symbol.colour());
    return switch (symbol.fill()) {
      case FILLED -> "fill=\"" + colour + "\"";
      // Not "none": mouse-over must work inside, too.
      case HOLLOW -> "fill=\"#fff\" fill-opacity=\"0\" stroke=\"" + colour + "\"";
      case BORDERED -> "fill=\"%s\" fill-opacity=\"1\" stroke=\"%s\"".formatted(colour, hex(INK));
    };
  }

  private void add(String element) {
    elements.append(element).append('\n');
  }

  private static String hex(Color colour) {
    return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
  }

  private static String escaped(String raw) {
    return raw.replaceAll(NOT_XML, "\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
