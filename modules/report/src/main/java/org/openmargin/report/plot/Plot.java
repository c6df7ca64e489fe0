package org.openmargin.report.plot;

import static org.openmargin.report.plot.Numbers.pixel;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * Curves in a coordinate system; {@code plot.jte} draws it as SVG. Colours come from the page's
 * style, so they follow light and dark mode.
 *
 * @param description text alternative to the plot
 * @param y from bottom to top, so that {@code y.from() > y.to()}
 * @param paths lines and areas, drawn in this order
 * @param notes text, drawn on top of them
 * @param dots drawn on top of everything
 */
public record Plot(
    String description, Axis x, Axis y, List<Path> paths, List<Note> notes, List<CurvePoint> dots) {
  /** Points of a line closer than this are merged, px. */
  private static final double FINEST = 0.4;

  /**
   * @param style a class of the style sheet
   * @param d SVG path data
   */
  public record Path(String style, String d) {}

  /**
   * @param style a class of the style sheet
   * @param anchor the end of the text that is at the position: start or end
   */
  public record Note(String style, double left, double top, String anchor, String words) {}

  public Plot(String description, Axis x, Axis y) {
    this(description, x, y, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Adds a line through points; points that fall on the same spot are skipped. */
  public Plot line(String style, List<CurvePoint> points) {
    paths.add(new Path(style, course(points)));
    return this;
  }

  /** Adds the area below a line. */
  public Plot area(String style, List<CurvePoint> points) {
    var right = pixel(x.pixel(points.get(points.size() - 1).fpr()));
    var left = pixel(x.pixel(points.get(0).fpr()));
    var bottom = pixel(y.from());
    paths.add(
        new Path(style, course(points) + "L%s %sL%s %sZ".formatted(right, bottom, left, bottom)));
    return this;
  }

  /** Adds text that starts, or ends, at a position. */
  public Plot note(String style, double left, double top, boolean endThere, String words) {
    notes.add(new Note(style, left, top, endThere ? "end" : "start", words));
    return this;
  }

  /** Adds a dot with text below it, to its right if there is room. */
  public Plot dot(CurvePoint at, String words) {
    dots.add(at);
    var left = x.pixel(at.fpr());
    var noRoom = left + 8 * words.length() > x.to();
    return note("note", noRoom ? left - 8 : left + 10, y.pixel(at.rate()) + 26, noRoom, words);
  }

  public double width() {
    return x.to() + 20;
  }

  public double height() {
    return y.from() + 48;
  }

  private String course(List<CurvePoint> points) {
    var course = new StringBuilder();
    var last = points.get(0);
    for (var i = 0; i < points.size(); i++) {
      var point = points.get(i);
      var moved =
          Math.abs(x.pixel(point.fpr()) - x.pixel(last.fpr())) > FINEST
              || Math.abs(y.pixel(point.rate()) - y.pixel(last.rate())) > FINEST;
      if (i == 0 || moved || i == points.size() - 1) {
        course
            .append(i == 0 ? "M" : "L")
            .append(pixel(x.pixel(point.fpr())))
            .append(' ')
            .append(pixel(y.pixel(point.rate())));
        last = point;
      }
    }
    return course.toString();
  }
}
