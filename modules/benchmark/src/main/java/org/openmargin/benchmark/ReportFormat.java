package org.openmargin.benchmark;

import java.util.List;
import java.util.Optional;

/** How a benchmark's table is written. */
public enum ReportFormat {
  /** For a terminal, in per cent. */
  TEXT,
  /** For a README, in per cent. */
  MARKDOWN,
  /** A row per method and metric, fractions. */
  CSV,
  /** One object, fractions. */
  JSON;

  /**
   * Writes what came of a benchmark's finished trials.
   *
   * @param scorer as the results name it; each experiment's selected one if empty
   * @param digits after the point, of per cents
   * @return lines without line ends
   */
  public List<String> lines(Benchmark benchmark, Optional<String> scorer, int digits) {
    return lines(scorer.map(benchmark::report).orElseGet(benchmark::report), digits);
  }

  /**
   * Writes a table.
   *
   * @param digits after the point, of per cents
   * @return lines without line ends
   */
  public List<String> lines(BenchmarkTable table, int digits) {
    return switch (this) {
      case TEXT -> new BenchmarkText(table, digits).text();
      case MARKDOWN -> new BenchmarkText(table, digits).markdown();
      case CSV -> new BenchmarkCsv(table).lines();
      case JSON -> new BenchmarkJson(table).text().lines().toList();
    };
  }
}
