package org.openmargin.report.page;

import static org.openmargin.report.plot.Numbers.pixel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.openmargin.report.plot.Axis;
import org.openmargin.report.plot.Numbers;

/** Where everything of a line chart is, px; {@code chart.jte} draws it. */
record ChartLayout(LineChart chart) {
  /** Positive values that span more than this are on a logarithmic axis. */
  private static final double WIDE = 20;

  /** Least distance of two ticks on the x axis. */
  private static final double TICK = 26;

  /** Distance between the bars of two curves at the same x. */
  private static final double ASIDE = 4;

  private static final double BOTTOM = 260;

  private Stream<LineChart.Point> points() {
    return chart.curves().stream().flatMap(curve -> curve.points().stream());
  }

  Axis x() {
    var values = points().mapToDouble(LineChart.Point::x).summaryStatistics();
    double min = values.getMin();
    double max = values.getMax();
    boolean logarithmic = min > 0 && max > WIDE * min;
    double pad = max > min ? 0.04 * (max - min) : Math.max(1, Math.abs(max) / 10);
    var range =
        logarithmic
            ? new Axis.Range(min / 1.15, max * 1.15, true)
            : new Axis.Range(min - pad, max + pad, false);
    return new Axis(chart.xLabel(), range, 44, 440);
  }

  Axis y() {
    var values =
        points()
            .flatMapToDouble(p -> DoubleStream.of(p.mean(), p.low(), p.high()))
            .filter(value -> !Double.isNaN(value))
            .summaryStatistics();
    double low = values.getMin();
    double high = values.getMax();
    double pad = Math.max(0.5, 0.06 * (high - low));
    return new Axis(chart.yLabel(), new Axis.Range(low - pad, high + pad, false), BOTTOM, 40);
  }

  /** A tick at every value that was tried, where there is room. */
  List<Axis.Tick> xTicks() {
    var axis = x();
    var ticks = new ArrayList<Axis.Tick>();
    for (double value : points().mapToDouble(LineChart.Point::x).sorted().distinct().toArray()) {
      var at = axis.pixel(value);
      if (ticks.isEmpty() || at - ticks.get(ticks.size() - 1).pixel() >= TICK) {
        ticks.add(new Axis.Tick(at, Numbers.score(value)));
      }
    }
    return ticks;
  }

  double width() {
    return 460;
  }

  double height() {
    return BOTTOM + (hasLegend() ? 72 : 50);
  }

  boolean hasLegend() {
    return chart.curves().size() > 1;
  }

  /** Left end of a curve's entry in the legend. */
  double legend(int curve) {
    return 44 + 396.0 * curve / chart.curves().size();
  }

  private double left(int curve, LineChart.Point point) {
    return x().pixel(point.x()) + ASIDE * (curve - (chart.curves().size() - 1) / 2.0);
  }

  String left(int curve, int point) {
    return pixel(left(curve, chart.curves().get(curve).points().get(point)));
  }

  String top(double value) {
    return pixel(y().pixel(value));
  }

  /** The line through a curve's means, as SVG path data. */
  String course(int curve) {
    return chart.curves().get(curve).points().stream()
        .map(p -> pixel(left(curve, p)) + " " + top(p.mean()))
        .collect(Collectors.joining("L", "M", ""));
  }

  /** The bars from low to high of a curve's points, as SVG path data. */
  String bars(int curve) {
    return chart.curves().get(curve).points().stream()
        .filter(p -> !Double.isNaN(p.low()) && !Double.isNaN(p.high()))
        .map(p -> bar(left(curve, p), top(p.low()), top(p.high())))
        .collect(Collectors.joining());
  }

  private static String bar(double at, String low, String high) {
    var left = pixel(at - 3);
    return "M%s %sh6M%s %sV%sM%s %sh6".formatted(left, low, pixel(at), low, high, left, high);
  }

  /** A description for those who cannot see the chart. */
  String description() {
    return "%s against %s: ".formatted(chart.yLabel(), chart.xLabel())
        + chart.curves().stream()
            .map(
                curve ->
                    curve.points().stream()
                        .map(
                            p ->
                                String.format(
                                    Locale.ROOT, "%s: %.1f", Numbers.score(p.x()), p.mean()))
                        .collect(Collectors.joining(", ", curve.name() + " ", "")))
            .collect(Collectors.joining("; "));
  }
}
