package org.openmargin.config.text;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Converts the text of a number to its value. */
final class NumberReader {
  private static final Pattern WHOLE = Pattern.compile("-?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?[fF]?");

  private NumberReader() {}

  /** Whether a text is a number if it stands without quotes. */
  static boolean isNumber(String text) {
    return WHOLE.matcher(text).matches() || DECIMAL.matcher(text).matches();
  }

  static long whole(Node.Scalar scalar, long least, long most) throws ScalarReader.BadValue {
    if (scalar.kind() != Token.Kind.NUMBER || !WHOLE.matcher(scalar.text()).matches()) {
      throw ScalarReader.expected("a whole number", scalar);
    }
    var value = integer(scalar.text());
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new ScalarReader.BadValue(
          ScalarReader.shown(scalar) + " is not a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  /** Decimal, or as in C: 0x10 hexadecimal, 010 octal. */
  private static BigInteger integer(String text) {
    boolean negative = text.startsWith("-");
    var digits = negative ? text.substring(1) : text;
    BigInteger value;
    if (digits.toLowerCase(Locale.ROOT).startsWith("0x")) {
      value = new BigInteger(digits.substring(2), 16);
    } else {
      value = new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
    }
    return negative ? value.negate() : value;
  }

  static double number(Node.Scalar scalar) throws ScalarReader.BadValue {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> finite(scalar);
    };
  }

  private static double finite(Node.Scalar scalar) throws ScalarReader.BadValue {
    if (scalar.kind() == Token.Kind.NUMBER && DECIMAL.matcher(scalar.text()).matches()) {
      return Double.parseDouble(scalar.text());
    }
    throw ScalarReader.expected("a number", scalar);
  }
}
