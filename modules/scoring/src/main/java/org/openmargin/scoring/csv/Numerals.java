package org.openmargin.scoring.csv;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers in files: ASCII digits, decimal point. */
final class Numerals {
  /** Exponents of more digits are no class ids. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");

  private Numerals() {}

  /**
   * The shortest form of an integer such as {@code +7}, {@code 07}, {@code 7.0} or {@code 7.0e+00};
   * other text unchanged.
   */
  static String integerOrText(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return text;
    }
    var value = new BigDecimal(text);
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0
        ? value.toBigInteger().toString()
        : text;
  }

  /**
   * A decimal such as {@code -1.5e-3}, rounded to the nearest double; NaN for anything else,
   * including Java's own 1f and 0x1p3.
   */
  static double decimal(String text) {
    var endsLikeOne = !text.isEmpty() && "0123456789.".indexOf(text.charAt(text.length() - 1)) >= 0;
    try {
      return endsLikeOne && text.indexOf('x') < 0 && text.indexOf('X') < 0
          ? Double.parseDouble(text)
          : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
