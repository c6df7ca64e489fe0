package org.openmargin.benchmark.table;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A benchmark's table for programs: a row per method and metric, fractions in full precision, empty
 * cells for missing figures.
 */
record BenchmarkCsv(BenchmarkTable table) {
  private static final List<String> COLUMNS =
      List.of(
          ("method x metric trials mean standard_deviation interval_low interval_high published"
                  + " above_published pairs above_baseline above_baseline_low above_baseline_high"
                  + " p_paired_t p_wilcoxon p_sign p_sign_flip seeds scorer decides")
              .split(" "));

  /** Lines without line ends; the first holds the column names. */
  List<String> lines() {
    var records = new ArrayList<List<String>>();
    records.add(
        Stream.concat(COLUMNS.stream(), table.trials().stream().map(trial -> "trial " + trial))
            .toList());
    for (var method : table.methods()) {
      for (var metric : BenchmarkMetric.values()) {
        records.add(row(method, metric));
      }
    }
    return CsvLines.of(records);
  }

  private List<String> row(MeasuredMethod method, BenchmarkMetric metric) {
    var summary = method.summary(metric);
    var test = table.againstBaseline(method, metric);
    var difference = test.map(PairedTest::difference);
    var figures = method.perTrial(metric);
    return Stream.of(
            Stream.of(method.name()),
            numbers(method.positions().size() == 1 ? method.positions().get(0).x() : Double.NaN),
            Stream.of(metric.name(), Integer.toString(summary.count())),
            numbers(summary.mean(), summary.deviation(), summary.low(), summary.high()),
            numbers(
                method.published().getOrDefault(metric, Double.NaN),
                method.aboveThePublished(metric).orElse(Double.NaN)),
            Stream.of(difference.map(d -> Integer.toString(d.count())).orElse("")),
            numbers(
                value(difference, Summary::mean),
                value(difference, Summary::low),
                value(difference, Summary::high),
                value(test, PairedTest::pairedT),
                value(test, PairedTest::wilcoxon),
                value(test, PairedTest::sign),
                table.signFlip(method, metric)),
            Stream.of(seeds(method), scorers(method), decides(method)),
            table.trials().stream().flatMap(t -> numbers(figures.getOrDefault(t, Double.NaN))))
        .flatMap(cells -> cells)
        .toList();
  }

  private static String seeds(MeasuredMethod method) {
    var seeds = method.byTrial().values().stream().mapToInt(Map::size).summaryStatistics();
    return seeds.getCount() == 0
        ? ""
        : seeds.getMin() == seeds.getMax()
            ? Integer.toString(seeds.getMax())
            : seeds.getMin() + "-" + seeds.getMax();
  }

  private static String scorers(MeasuredMethod method) {
    return method.runs().map(SeedFigures::scorer).distinct().sorted().collect(joining(" "));
  }

  private static String decides(MeasuredMethod method) {
    return method.byTrial().isEmpty()
        ? ""
        : Boolean.toString(method.runs().allMatch(SeedFigures::decides));
  }

  private static <T> double value(Optional<T> source, ToDoubleFunction<T> figure) {
    return source.map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static Stream<String> numbers(double... values) {
    return Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? "" : Double.toString(v));
  }
}
