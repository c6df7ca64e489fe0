package org.openmargin.scoring.csv;

import java.nio.charset.StandardCharsets;

/**
 * Numbers in ASCII bytes, without a text object in between where that can be done exactly: a
 * decimal of at most 2^53 times a power of ten up to 22 is one exact double times or divided by
 * another, so the one rounding is the right one (Clinger, "How to Read Floating Point Numbers
 * Accurately", PLDI 1990). Up to 18 digits are divided in twice the precision of a double; only
 * where that lies too near the middle of two doubles, and for all else, the library is asked.
 */
final class Digits {
  /** What {@link #integer} gives for anything else. */
  static final long NO_INTEGER = Long.MIN_VALUE;

  private static final int LONGEST = 18;
  private static final long LARGEST_EXACT = 1L << 53;
  private static final double[] POWERS = new double[23];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private final byte[] text;
  private final int end;
  private int at;
  private int digits;
  private int significant;
  private long value;

  private Digits(byte[] text, int start, int end) {
    this.text = text;
    this.end = end;
    this.at = start;
  }

  /** An integer such as {@code 7}, {@code -07} or {@code 7.0}; at most 18 digits. */
  static long integer(byte[] text, int start, int end) {
    Digits d = new Digits(text, start, end);
    boolean negative = d.sign();
    d.run();
    boolean whole = d.digits > 0 && d.significant <= LONGEST;
    boolean more = d.skip('.');
    while (more) {
      more = d.skip('0');
    }
    return !whole || d.at < end ? NO_INTEGER : negative ? -d.value : d.value;
  }

  /** A decimal such as {@code -1.5e-3}, rounded to the nearest double; NaN for anything else. */
  static double number(byte[] text, int start, int end) {
    Digits d = new Digits(text, start, end);
    boolean negative = d.sign();
    d.run();
    int whole = d.digits;
    if (d.skip('.')) {
      d.run();
    }
    int power = whole - d.digits;
    if (d.digits == 0) {
      return Double.NaN;
    }
    boolean exact = d.significant <= LONGEST;
    if (d.at < end) {
      Digits exponent = new Digits(text, d.at, end);
      if (!exponent.isExponent()) {
        return Double.NaN;
      }
      exact &= exponent.significant <= 4;
      power += (int) exponent.value;
    }
    double size = exact ? rounded(d.value, power) : Double.NaN;
    if (Double.isNaN(size)) {
      return Double.parseDouble(new String(text, start, end - start, StandardCharsets.US_ASCII));
    }
    return negative ? -size : size;
  }

  /** {@code value 10^power} to the nearest double, or NaN where that is not certain. */
  private static double rounded(long value, int power) {
    if (Math.abs(power) >= POWERS.length) {
      return Double.NaN;
    }
    if (value <= LARGEST_EXACT) {
      return power < 0 ? value / POWERS[-power] : value * POWERS[power];
    }
    return power > 0 ? Double.NaN : quotient(value, POWERS[-power]);
  }

  /** High and low part of the quotient have about 2^-100 of it as error. */
  private static double quotient(long value, double divisor) {
    double high = (double) value;
    double first = high / divisor;
    double remainder = Math.fma(-first, divisor, high);
    double second = (remainder + (value - (long) high)) / divisor;
    double sum = first + second;
    double left = Math.abs(first - sum + second);
    double ulp = Math.ulp(sum);
    // Below a power of two doubles lie half as far apart.
    boolean certain = left < 0.249 * ulp || (left > 0.251 * ulp && left < 0.499 * ulp);
    return certain ? sum : Double.NaN;
  }

  private boolean isExponent() {
    if (!skip('e') && !skip('E')) {
      return false;
    }
    boolean negative = sign();
    run();
    value = negative ? -value : value;
    return digits > 0 && at == end;
  }

  /** Whether there is a minus; a plus may be there as well. */
  private boolean sign() {
    boolean minus = skip('-');
    if (!minus) {
      skip('+');
    }
    return minus;
  }

  private boolean skip(char c) {
    boolean here = at < end && text[at] == c;
    at += here ? 1 : 0;
    return here;
  }

  private void run() {
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (significant > 0 || text[at] != '0') {
        value = significant < LONGEST ? 10 * value + text[at] - '0' : value;
        significant++;
      }
      digits++;
      at++;
    }
  }
}
