package org.openmargin.benchmark.table;

import java.util.List;

/** How a benchmark's table is written. */
public enum TableFormat {
  /** For a terminal, in per cent. */
  TEXT,
  /** For a README, in per cent. */
  MARKDOWN,
  /** A row per method and metric, fractions. */
  CSV,
  /** One object, fractions. */
  JSON;

  /**
   * @param digits decimals of percentages
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
