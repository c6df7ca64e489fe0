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
    return interval(summary.low(), summary.high());
  }

  /** A dash if either end is NaN. */
  String interval(double low, double high) {
    return Double.isNaN(low) || Double.isNaN(high)
        ? NONE
        : "[%s, %s]".formatted(percent(low), percent(high));
  }

  String percent(double fraction) {
    return number("%." + digits + "f", 100 * fraction);
  }

  /** With its sign, unless it is rounded to 0. */
  String signed(double fraction) {
    return number("%+." + digits + "f", 100 * fraction);
  }

  String p(double p) {
    return p < 0.001 ? "< 0.001" : number("%.3f", p);
  }

  private static String number(String format, double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    var text = String.format(Locale.ROOT, format, value);
    return text.matches("[-+]0\\.0*") ? text.substring(1) : text;
  }
}
