package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A benchmark's table for programs: a row per method and metric, fractions in full precision, empty
 * where there is nothing.
 *
 * @param table the figures
 */
public record BenchmarkCsv(BenchmarkTable table) {
  private static final List<String> COLUMNS =
      List.of(
          "method",
          "x",
          "metric",
          "trials",
          "mean",
          "standard_deviation",
          "interval_low",
          "interval_high",
          "published",
          "above_published",
          "pairs",
          "above_baseline",
          "above_baseline_low",
          "above_baseline_high",
          "p_paired_t",
          "p_wilcoxon",
          "p_sign");

  /** Lines without line ends, the first with the names of the columns. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> columns = new ArrayList<>(COLUMNS);
    table.trials().forEach(trial -> columns.add("trial " + trial));
    lines.add(line(columns));
    for (MeasuredMethod method : table.methods()) {
      for (BenchmarkMetric metric : BenchmarkMetric.values()) {
        lines.add(line(row(method, metric)));
      }
    }
    return lines;
  }

  private List<String> row(MeasuredMethod method, BenchmarkMetric metric) {
    Summary summary = method.summary(metric);
    Optional<PairedTest> test = table.againstBaseline(method, metric);
    List<String> row = new ArrayList<>();
    row.add(method.name());
    row.add(number(method.x().orElse(Double.NaN)));
    row.add(metric.name());
    row.add(Integer.toString(summary.count()));
    row.add(number(summary.mean()));
    row.add(number(summary.deviation()));
    row.add(number(summary.low()));
    row.add(number(summary.high()));
    row.add(number(method.published().getOrDefault(metric, Double.NaN)));
    row.add(number(method.aboveThePublished(metric).orElse(Double.NaN)));
    Optional<Summary> difference = test.map(PairedTest::difference);
    row.add(difference.map(d -> Integer.toString(d.count())).orElse(""));
    row.add(number(difference.map(Summary::mean).orElse(Double.NaN)));
    row.add(number(difference.map(Summary::low).orElse(Double.NaN)));
    row.add(number(difference.map(Summary::high).orElse(Double.NaN)));
    row.add(number(test.map(PairedTest::pairedT).orElse(Double.NaN)));
    row.add(number(test.map(PairedTest::wilcoxon).orElse(Double.NaN)));
    row.add(number(test.map(PairedTest::sign).orElse(Double.NaN)));
    var figures = method.perTrial(metric);
    table.trials().forEach(trial -> row.add(number(figures.getOrDefault(trial, Double.NaN))));
    return row;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String line(List<String> cells) {
    return String.join(",", cells.stream().map(BenchmarkCsv::quoted).toList());
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
