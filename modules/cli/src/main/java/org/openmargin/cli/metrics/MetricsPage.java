package org.openmargin.cli.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import org.openmargin.report.page.LineChart;
import org.openmargin.report.page.Page;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.OpenSetCurves;

/**
 * Metrics and curves of one or two files as a page for a browser.
 *
 * @param files names, and what was measured
 */
record MetricsPage(List<Entry> files) {
  /** Rates of false positives at which curves are drawn, per cent. */
  private static final int[] GRID = {
    0, 1, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100
  };

  /**
   * @param name of the file, and of its score
   */
  record Entry(String name, MeasuredFile measured) {}

  void write(Path file) {
    try {
      page().write(file);
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }

  private Page page() {
    var lead =
        files.stream()
            .map(
                entry ->
                    text(
                        "%s: %,d images of known classes, %,d of unknown ones.",
                        entry.name(),
                        entry.measured().knownImages(),
                        entry.measured().unknownImages()))
            .toList();
    var parts = new ArrayList<Page.Part>();
    parts.add(table());
    parts.add(
        new Page.Charts(
            "Curves",
            "Per cent; every point is a threshold on the unknown score.",
            List.of(
                chart("roc", "ROC", "known images rejected", "unknown images rejected"),
                chart("oscr", "OSCR", "unknown images accepted", "known ones accepted, right"))));
    return new Page("Open-set metrics", lead, parts);
  }

  private Page.Table table() {
    var headings = new ArrayList<String>();
    headings.add("metric");
    files.forEach(entry -> headings.add(entry.name()));
    var rows = new ArrayList<List<String>>();
    rows.add(row("ACC", files.stream().map(e -> text("%.4f", e.measured().acc())).toList()));
    for (var metric : Metric.values()) {
      var values = files.stream().map(entry -> value(entry.measured(), metric)).toList();
      rows.add(row(metric.label(), values));
    }
    return new Page.Table("Metrics", headings, rows);
  }

  private static List<String> row(String name, List<String> values) {
    var row = new ArrayList<String>();
    row.add(name);
    row.addAll(values);
    return List.copyOf(row);
  }

  private static String value(MeasuredFile measured, Metric metric) {
    var value = measured.metrics().measured(metric);
    var interval = measured.metrics().interval(metric);
    return value.isEmpty()
        ? "not measured"
        : text("%.4f", value.getAsDouble())
            + interval.map(ends -> text(" [%.4f, %.4f]", ends.low(), ends.high())).orElse("");
  }

  private LineChart chart(String name, String title, String x, String y) {
    var curves =
        files.stream()
            .map(entry -> new LineChart.Curve(entry.name(), points(name, entry.measured())))
            .toList();
    return new LineChart(name, title, x, y, curves);
  }

  private static List<LineChart.Point> points(String name, MeasuredFile measured) {
    var scores = measured.answers().scores();
    var curve =
        name.equals("roc")
            ? OpenSetCurves.roc(scores.known(), scores.unknown())
            : OpenSetCurves.ccrFpr(scores.known(), scores.unknown(), scores.correct());
    return IntStream.of(GRID)
        .mapToObj(
            percent -> {
              var rate = 100 * at(curve, percent / 100.0);
              var label = text("%d %%: %.1f %%", percent, rate);
              return new LineChart.Point(label, percent, rate, Double.NaN, Double.NaN, 1);
            })
        .toList();
  }

  /** The best rate with at most this share of false positives. */
  private static double at(List<CurvePoint> curve, double fpr) {
    return curve.stream()
        .filter(point -> point.fpr() <= fpr)
        .mapToDouble(CurvePoint::rate)
        .max()
        .orElse(0);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
