package org.openmargin.benchmark.table;

import java.util.Locale;

/**
 * Formats figures of a table: per cent, the same in every locale.
 *
 * @param digits decimals
 */
record CellFormat(int digits) {
  /** Stands for a missing figure. */
  static final String NONE = "-";

  String mean(Summary summary) {
    var mean = percent(summary.mean());
    return summary.count() < 2 ? mean : mean + " ± " + percent(summary.deviation());
  }

  String interval(Summary summary) {
    return summary.count() < 2
        ? NONE
        : "[%s, %s]".formatted(percent(summary.low()), percent(summary.high()));
  }

  String percent(double fraction) {
    return number("%." + digits + "f", 100 * fraction);
  }

  String signed(double fraction) {
    return number("%+." + digits + "f", 100 * fraction);
  }

  String p(double p) {
    return p < 0.001 ? "< 0.001" : number("%.3f", p);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
  }
}
