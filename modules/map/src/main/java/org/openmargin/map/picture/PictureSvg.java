package org.openmargin.map.picture;

import static org.openmargin.report.Numbers.pixel;

import java.util.stream.Collectors;

/** A picture as an SVG file that needs nothing else; points say what they are when pointed at. */
final class PictureSvg {
  private PictureSvg() {}

  static String of(Picture picture) {
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
            picture.width(),
            picture.height(),
            text(picture.title()),
            Swatch.PAPER.hex(),
            pixel(Picture.OPACITY),
            pixel(Picture.BORDER_PX),
            picture.marks().stream().map(PictureSvg::mark).collect(Collectors.joining()));
  }

  private static String mark(Mark mark) {
    if (mark instanceof Mark.Line line) {
      return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"1\"/>\n"
          .formatted(
              pixel(line.x1()),
              pixel(line.y1()),
              pixel(line.x2()),
              pixel(line.y2()),
              line.colour().hex());
    }
    if (mark instanceof Mark.Words words) {
      return words(words);
    }
    return dot((Mark.Dot) mark);
  }

  private static String words(Mark.Words words) {
    Mark.Text text = words.text();
    String anchor =
        switch (text.anchor()) {
          case START -> "start";
          case MIDDLE -> "middle";
          case END -> "end";
        };
    return "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\"%s fill=\"%s\" fill-opacity=\"1\">%s</text>\n"
        .formatted(
            pixel(words.x()),
            pixel(words.y()),
            pixel(text.sizePx()),
            anchor,
            text.style() == Mark.Style.STRONG ? " font-weight=\"bold\"" : "",
            text.style().colour().hex(),
            text(text.words()));
  }

  private static String dot(Mark.Dot dot) {
    String paint = paint(dot.look());
    String inside = dot.hint().isEmpty() ? "" : "<title>" + text(dot.hint()) + "</title>";
    if (dot.look().outline().isCircle()) {
      return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s>%s</circle>\n"
          .formatted(pixel(dot.x()), pixel(dot.y()), pixel(dot.look().radius()), paint, inside);
    }
    String corners =
        dot.look().outline().corners(dot.look().radius()).stream()
            .map(c -> pixel(dot.x() + c.x()) + "," + pixel(dot.y() + c.y()))
            .collect(Collectors.joining(" "));
    return "<polygon points=\"%s\" %s>%s</polygon>\n".formatted(corners, paint, inside);
  }

  private static String paint(Mark.Look look) {
    return switch (look.fill()) {
      case FILLED -> "fill=\"" + look.colour().hex() + "\"";
      // Not "none": the inside, too, is to be pointed at.
      case HOLLOW -> "fill=\"#fff\" fill-opacity=\"0\" stroke=\"" + look.colour().hex() + "\"";
      case BORDERED ->
          "fill=\"%s\" fill-opacity=\"1\" stroke=\"%s\""
              .formatted(look.colour().hex(), Swatch.INK.hex());
    };
  }

  /** Escaped; what XML 1.0 has no place for becomes the replacement character. */
  private static String text(String raw) {
    return raw.replaceAll("[^\\t\\n\\r -\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
