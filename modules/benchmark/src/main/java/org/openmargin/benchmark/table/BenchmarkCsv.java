package org.openmargin.benchmark.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
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
                  + " p_paired_t p_wilcoxon p_sign")
              .split(" "));

  /** Lines without line ends; the first holds the column names. */
  List<String> lines() {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          Stream.concat(COLUMNS.stream(), table.trials().stream().map(trial -> "trial " + trial))
              .toList());
      for (var method : table.methods()) {
        for (var metric : BenchmarkMetric.values()) {
          csv.writeRecord(row(method, metric));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().lines().toList();
  }

  private List<String> row(MeasuredMethod method, BenchmarkMetric metric) {
    var summary = method.summary(metric);
    var test = table.againstBaseline(method, metric);
    var difference = test.map(PairedTest::difference);
    var figures = method.perTrial(metric);
    return Stream.of(
            Stream.of(method.name()),
            numbers(method.x().orElse(Double.NaN)),
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
                value(test, PairedTest::sign)),
            table.trials().stream().flatMap(t -> numbers(figures.getOrDefault(t, Double.NaN))))
        .flatMap(cells -> cells)
        .toList();
  }

  private static <T> double value(Optional<T> source, ToDoubleFunction<T> figure) {
    return source.map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static Stream<String> numbers(double... values) {
    return Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? "" : Double.toString(v));
  }
}
