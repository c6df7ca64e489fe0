package org.openmargin.config.text;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Converts a scalar of the text to the Java value of a schema field. */
public final class ScalarReader {
  private static final Set<String> TRUE = Set.of("true", "True", "t", "1");
  private static final Set<String> FALSE = Set.of("false", "False", "f", "0");

  private static final Pattern WHOLE = Pattern.compile("-?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?[fF]?");

  private ScalarReader() {}

  /** A scalar that does not fit its field. */
  static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    BadValue(String message) {
      super(message);
    }
  }

  /**
   * @throws BadValue saying what was expected
   */
  static Object read(FieldDescriptor field, Node.Scalar scalar) throws BadValue {
    return switch (field.getJavaType()) {
      case INT -> (int) whole(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> number(scalar);
      case FLOAT -> (float) number(scalar);
      case BOOLEAN -> truth(scalar);
      case STRING -> string(scalar);
      case ENUM -> constant(field, scalar);
      case BYTE_STRING, MESSAGE -> throw new BadValue("cannot be given as one value");
    };
  }

  /** The names that an enum field accepts, without the zero value ("unspecified"). */
  public static List<String> constants(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .toList();
  }

  private static long whole(Node.Scalar scalar, long least, long most) throws BadValue {
    if (scalar.kind() != Token.Kind.NUMBER || !WHOLE.matcher(scalar.text()).matches()) {
      throw expected("a whole number", scalar);
    }
    var value = integer(scalar.text());
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new BadValue(shown(scalar) + " is not a whole number from " + least + " to " + most);
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

  private static double number(Node.Scalar scalar) throws BadValue {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> finite(scalar);
    };
  }

  private static double finite(Node.Scalar scalar) throws BadValue {
    if (scalar.kind() == Token.Kind.NUMBER && DECIMAL.matcher(scalar.text()).matches()) {
      return Double.parseDouble(scalar.text());
    }
    throw expected("a number", scalar);
  }

  private static boolean truth(Node.Scalar scalar) throws BadValue {
    if (scalar.kind() != Token.Kind.STRING && TRUE.contains(scalar.text())) {
      return true;
    }
    if (scalar.kind() != Token.Kind.STRING && FALSE.contains(scalar.text())) {
      return false;
    }
    throw expected("true or false", scalar);
  }

  private static String string(Node.Scalar scalar) throws BadValue {
    if (scalar.kind() != Token.Kind.STRING) {
      throw new BadValue(
          "expected a string in quotes, found "
              + shown(scalar)
              + "; write \""
              + scalar.text()
              + "\"");
    }
    return scalar.text();
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, Node.Scalar scalar)
      throws BadValue {
    var names = constants(field);
    if (scalar.kind() == Token.Kind.NAME && names.contains(scalar.text())) {
      return field.getEnumType().findValueByName(scalar.text());
    }
    var near = Suggestions.nearest(scalar.text(), names);
    throw new BadValue(
        "unknown value "
            + shown(scalar)
            + near.map(name -> ", did you mean '" + name + "'?").orElse(".")
            + " Values: "
            + String.join(", ", names));
  }

  private static BadValue expected(String what, Node.Scalar scalar) {
    return new BadValue("expected " + what + ", found " + shown(scalar));
  }

  private static String shown(Node.Scalar scalar) {
    var quote = scalar.kind() == Token.Kind.STRING ? "\"" : "'";
    return quote + scalar.text() + quote;
  }
}
