package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.report.page.LineChart;
import org.openmargin.report.page.Page;

/**
 * Line charts of the methods that differ in a number: ACC, AUROC and OSCR, and the gain in AUROC.
 */
record SweepCharts(BenchmarkTable table) {

  /** Charts for each x axis that at least two measured methods are on. */
  List<Page.Part> parts() {
    var labels = new LinkedHashSet<String>();
    table.methods().forEach(m -> m.positions().forEach(at -> labels.add(at.xLabel())));
    var parts = new ArrayList<Page.Part>();
    for (var label : labels) {
      var charts = charts(label);
      if (!charts.isEmpty()) {
        parts.add(new Page.Charts("Against " + label, note(), charts));
      }
    }
    return parts;
  }

  private String note() {
    var heading = new TableHeading(table);
    return "Points: mean over the %s%s; bars: %s. The same trials are behind all points, so the last chart, of differences trial by trial, shows more."
        .formatted(table.texts().over(), heading.seeds(), heading.intervals());
  }

  private List<LineChart> charts(String label) {
    var charts = new ArrayList<LineChart>();
    for (var metric : BenchmarkMetric.values()) {
      chart(label, metric + ", per cent", m -> Optional.of(m.summary(metric)))
          .ifPresent(charts::add);
    }
    var baseline = table.texts().baseline();
    chart(label, "AUROC minus %s, points".formatted(baseline), this::gain).ifPresent(charts::add);
    return charts;
  }

  /** Of the baseline itself: 0, without an interval. */
  private Optional<Summary> gain(MeasuredMethod method) {
    if (method.name().equals(table.texts().baseline())) {
      var trials = method.byTrial().size();
      return Optional.of(new Summary(trials, 0, Double.NaN, Double.NaN, Double.NaN));
    }
    return table.againstBaseline(method, BenchmarkMetric.AUROC).map(PairedTest::difference);
  }

  /** Empty if fewer than two values of x have a figure. */
  private Optional<LineChart> chart(
      String label, String figure, Function<MeasuredMethod, Optional<Summary>> summary) {
    var series = new LinkedHashSet<String>();
    table.methods().stream()
        .flatMap(method -> method.positions().stream())
        .filter(at -> at.xLabel().equals(label))
        .forEach(at -> series.add(at.series()));
    var curves =
        series.stream()
            .map(name -> new LineChart.Curve(name, points(label, name, summary)))
            .filter(curve -> !curve.points().isEmpty())
            .toList();
    var values = curves.stream().flatMap(c -> c.points().stream()).map(p -> p.x()).distinct();
    var name = "%s-%s-%s".formatted(table.texts().name(), label, figure.replaceAll(",.*", ""));
    return values.count() < 2
        ? Optional.empty()
        : Optional.of(new LineChart(name, figure.replaceAll(",.*", ""), label, figure, curves));
  }

  private List<LineChart.Point> points(
      String label, String series, Function<MeasuredMethod, Optional<Summary>> summary) {
    var points = new ArrayList<LineChart.Point>();
    for (var method : table.methods()) {
      for (var at : method.positions()) {
        if (at.xLabel().equals(label) && at.series().equals(series)) {
          summary
              .apply(method)
              .filter(figure -> figure.count() > 0)
              .ifPresent(figure -> points.add(point(method.name(), at.x(), figure)));
        }
      }
    }
    points.sort(Comparator.comparingDouble(LineChart.Point::x));
    return points;
  }

  private static LineChart.Point point(String method, double x, Summary figure) {
    return new LineChart.Point(
        method, x, 100 * figure.mean(), 100 * figure.low(), 100 * figure.high(), figure.count());
  }
}
