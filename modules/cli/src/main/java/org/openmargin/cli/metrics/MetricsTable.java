package org.openmargin.cli.metrics;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.cli.console.Console;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.Metric;

/** Metrics as a table for people. */
final class MetricsTable {
  private final Console console;

  MetricsTable(Console console) {
    this.console = console;
  }

  void print(MeasuredFile measured) {
    var metrics = measured.metrics();
    var intervals = metrics.intervals();
    console.print(
        "%,d images of known classes, %,d of unknown ones",
        measured.knownImages(), measured.unknownImages());
    console.line("");
    row("ACC", measured.acc(), interval(intervals.map(Intervals::acc)), "known images only");
    if (measured.unknownImages() == 0) {
      console.line("open-set metrics  not measured: " + MeasuredFile.NO_UNKNOWN_ROWS);
    }
    metrics
        .values()
        .forEach(
            (metric, value) ->
                row(metric.label(), value, interval(metrics.interval(metric)), remark(metric)));
    measured.answers().ece().ifPresent(ece -> row("ECE", ece, "", "lower is better; 15 bins"));
    intervals
        .map(Intervals::bootstrap)
        .ifPresent(
            bootstrap -> {
              console.line("");
              console.line(brackets(bootstrap));
            });
  }

  private void row(String name, double value, String interval, String remark) {
    console.line(
        String.format(Locale.ROOT, "%-16s %.4f  %-16s  %s", name, value, interval, remark)
            .stripTrailing());
  }

  private static String remark(Metric metric) {
    var direction = metric.better() == Metric.Better.LOWER ? "lower is better" : "";
    return Stream.of(direction, metric.description())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> String.format(Locale.ROOT, "[%.4f, %.4f]", i.low(), i.high()))
        .orElse("");
  }

  static String brackets(Bootstrap bootstrap) {
    return String.format(
        Locale.ROOT,
        "in brackets: %s %% confidence, %,d bootstrap resamples, seed %d",
        percent(bootstrap.confidence()),
        bootstrap.resamples(),
        bootstrap.seed());
  }

  private static String percent(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
