package org.openmargin.report.plot;

import static org.openmargin.report.plot.Numbers.pixel;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * Curves in a coordinate system; {@code plot/plot.jte} draws it as SVG. Colours come from the style
 * sheet, so they follow light and dark mode. All words are outside the axes, in the legend: they
 * can neither cover a curve nor each other.
 *
 * @param description text alternative to the plot
 * @param y from bottom to top, so that {@code y.from() > y.to()}
 * @param paths lines and areas, drawn in this order
 * @param dots drawn on top of everything
 * @param legend below the axes, in this order
 * @param series what is drawn, as numbers
 */
public record Plot(
    String description,
    Axis x,
    Axis y,
    List<Path> paths,
    List<CurvePoint> dots,
    List<Legend.Entry> legend,
    List<Series> series) {
  /** Points of a line closer than this are merged, px. */
  private static final double FINEST = 0.4;

  /** Right of the x axis, so that its last number is not cut. */
  private static final double MARGIN = 20;

  /**
   * @param style a class of the style sheet
   * @param d SVG path data
   */
  public record Path(String style, String d) {}

  /**
   * @param points all of them, as they were given
   */
  public record Series(String name, List<CurvePoint> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  public Plot(String description, Axis x, Axis y) {
    this(
        description,
        x,
        y,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /**
   * Adds a line through points, with an entry of the legend; points that fall on the same spot are
   * skipped.
   */
  public Plot line(String style, String name, List<CurvePoint> points) {
    paths.add(new Path(style, course(points)));
    legend.add(new Legend.Entry(Legend.Mark.LINE, style, name));
    series.add(new Series(name, points));
    return this;
  }

  /** Adds a line for orientation: it is in no legend and no table. */
  public Plot guide(String style, List<CurvePoint> points) {
    paths.add(new Path(style, course(points)));
    return this;
  }

  /** Adds the area below a line, and the line. */
  public Plot filled(String group, String name, List<CurvePoint> points) {
    area("bars " + group, points);
    paths.add(new Path("outline " + group, course(points)));
    legend.add(new Legend.Entry(Legend.Mark.AREA, group, name));
    series.add(new Series(name, points));
    return this;
  }

  /**
   * A bar with a dot at the mean of its members.
   *
   * @param low left end
   * @param high right end
   */
  public record Bar(double low, double high, CurvePoint mean) {}

  /** Adds bars; their numbers are the means. */
  public Plot bars(String group, String name, List<Bar> bars) {
    for (var bar : bars) {
      var top = bar.mean().rate();
      area(
          "bars " + group,
          List.of(new CurvePoint(bar.low(), top), new CurvePoint(bar.high(), top)));
    }
    dots.addAll(bars.stream().map(Bar::mean).toList());
    legend.add(new Legend.Entry(Legend.Mark.AREA, group, name));
    legend.add(new Legend.Entry(Legend.Mark.DOT, "dot", "their mean"));
    series.add(new Series(name, bars.stream().map(Bar::mean).toList()));
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

  /** Adds a vertical line through all of the plot. */
  public Plot upright(String style, String name, double at) {
    paths.add(
        new Path(style, "M%s %sV%s".formatted(pixel(x.pixel(at)), pixel(y.from()), pixel(y.to()))));
    legend.add(new Legend.Entry(Legend.Mark.LINE, style, name));
    return this;
  }

  /** Adds a dot. */
  public Plot dot(String name, CurvePoint at) {
    dots.add(at);
    legend.add(new Legend.Entry(Legend.Mark.DOT, "dot", name));
    series.add(new Series(name, List.of(at)));
    return this;
  }

  public double width() {
    return x.to() + MARGIN;
  }

  public double height() {
    return y.from() + 52 + Legend.height(placedLegend());
  }

  /** The legend with places. */
  public List<Legend.Placed> placedLegend() {
    return Legend.placed(legend, width(), y.from() + 52);
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
