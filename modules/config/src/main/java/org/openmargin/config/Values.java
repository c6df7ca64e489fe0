package org.openmargin.config;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats field values as a person would write them in a text proto. */
final class Values {
  private Values() {}

  /** A scalar, or a list of scalars as {@code [a, b]}. */
  static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof EnumValueDescriptor constant) {
      return constant.getName();
    }
    if (value instanceof String string) {
      return quoted(string);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    return String.valueOf(value);
  }

  /** The shortest decimal that reads back to the same number: 0.001, 16, 1e-8, inf. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return Double.compare(value, 0.0) == 0 ? "0" : "-0.0";
    }
    var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7) {
      return decimal.toPlainString();
    }
    var digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
  }

  private static String quoted(String string) {
    var text = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default ->
            text.append(
                c < ' ' ? String.format(Locale.ROOT, "\\%03o", (int) c) : String.valueOf(c));
      }
    }
    return text.append('"').toString();
  }
}
