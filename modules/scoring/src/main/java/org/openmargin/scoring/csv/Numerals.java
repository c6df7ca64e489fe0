package org.openmargin.scoring.csv;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers in files: ASCII digits, decimal point. */
final class Numerals {
  private static final Pattern INTEGER = Pattern.compile("([+-]?\\d+)(\\.0*)?");

  private Numerals() {}

  /**
   * The shortest form of an integer such as {@code +7}, {@code 07} or {@code 7.0}; other text
   * unchanged.
   */
  static String integerOrText(String text) {
    var matcher = INTEGER.matcher(text);
    return matcher.matches() ? new BigInteger(matcher.group(1)).toString() : text;
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
