package org.openmargin.report;

import static org.openmargin.report.Numbers.pixel;

import java.util.List;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * A coordinate system drawn as inline SVG; colours come from the page's style, so it follows light
 * and dark mode.
 *
 * @param x from left to right
 * @param y from bottom to top, so that {@code y.from() > y.to()}
 */
record Plot(Axis x, Axis y) {
  /** Pixels below which two points of a line are one. */
  private static final double FINEST = 0.4;

  /** The image with its frame; {@code marks} lie on top of the grid. */
  String svg(String description, String marks) {
    return """
        <svg viewBox="0 0 %s %s" role="img" aria-label="%s">
        %s%s</svg>
        """
        .formatted(
            pixel(x.to() + 20), pixel(y.from() + 48), Markup.text(description), frame(), marks);
  }

  /** A line through points; those that would fall on the same spot are left out. */
  String line(String cssClass, List<CurvePoint> points) {
    StringBuilder path = new StringBuilder();
    CurvePoint last = points.get(0);
    append(path, last);
    for (int i = 1; i < points.size(); i++) {
      CurvePoint point = points.get(i);
      boolean moved =
          Math.abs(x.pixel(point.fpr()) - x.pixel(last.fpr())) > FINEST
              || Math.abs(y.pixel(point.rate()) - y.pixel(last.rate())) > FINEST;
      if (moved || i == points.size() - 1) {
        append(path, point);
        last = point;
      }
    }
    return "<path class=\"%s\" d=\"%s\"/>\n".formatted(cssClass, path);
  }

  /** The area below a line. */
  String area(String cssClass, List<CurvePoint> points) {
    String line = line(cssClass, points);
    String close =
        "L%s %sL%s %sZ\"/>\n"
            .formatted(
                pixel(x.pixel(points.get(points.size() - 1).fpr())),
                pixel(y.from()),
                pixel(x.pixel(points.get(0).fpr())),
                pixel(y.from()));
    return line.replace("\"/>\n", close);
  }

  /** A dot with words beside it. */
  String dot(CurvePoint at, String words) {
    double left = x.pixel(at.fpr());
    double top = y.pixel(at.rate());
    boolean onTheRight = left > (x.from() + x.to()) / 2;
    return "<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"5\"/>\n%s"
        .formatted(
            pixel(left),
            pixel(top),
            words("note", onTheRight ? left - 10 : left + 10, top + 20, onTheRight, words));
  }

  /** Words that begin, or end, at a place. */
  static String words(String cssClass, double left, double top, boolean endThere, String words) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
        .formatted(
            cssClass, pixel(left), pixel(top), endThere ? "end" : "start", Markup.text(words));
  }

  /** A straight line between two places in the image. */
  static String segment(String cssClass, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
        .formatted(cssClass, pixel(x1), pixel(y1), pixel(x2), pixel(y2));
  }

  private String frame() {
    StringBuilder frame = new StringBuilder();
    for (Axis.Tick tick : y.ticks()) {
      frame.append(segment("grid", x.from(), tick.pixel(), x.to(), tick.pixel()));
      frame.append(words("tick", x.from() - 8, tick.pixel() + 4, true, tick.text()));
    }
    for (Axis.Tick tick : x.ticks()) {
      frame.append(segment("axis", tick.pixel(), y.from(), tick.pixel(), y.from() + 5));
      frame.append(centred(tick.pixel(), y.from() + 20, tick.text(), "tick"));
    }
    frame.append(segment("axis", x.from(), y.from(), x.to(), y.from()));
    frame.append(centred((x.from() + x.to()) / 2, y.from() + 42, x.label(), "label"));
    frame.append(words("label", 4, y.to() - 14, false, y.label()));
    return frame.toString();
  }

  private static String centred(double left, double top, String words, String cssClass) {
    return words(cssClass, left, top, false, words)
        .replace("text-anchor=\"start\"", "text-anchor=\"middle\"");
  }

  private void append(StringBuilder path, CurvePoint point) {
    path.append(path.isEmpty() ? "M" : "L")
        .append(pixel(x.pixel(point.fpr())))
        .append(' ')
        .append(pixel(y.pixel(point.rate())));
  }
}
