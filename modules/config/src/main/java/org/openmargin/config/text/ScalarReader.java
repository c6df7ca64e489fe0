package org.openmargin.config.text;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Set;

/** Converts a scalar of the text to the Java value of a schema field. */
public final class ScalarReader {
  private static final Set<String> TRUE = Set.of("true", "True", "t", "1");
  private static final Set<String> FALSE = Set.of("false", "False", "f", "0");

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
    try {
      return value(field, scalar);
    } catch (BadValue e) {
      throw scalar.kind() == Token.Kind.STRING && fits(field, bare(scalar.text()))
          ? new BadValue(
              "found the string %s; write it without quotes: %s"
                  .formatted(shown(scalar), scalar.text()))
          : e;
    }
  }

  private static boolean fits(FieldDescriptor field, Node.Scalar scalar) {
    try {
      value(field, scalar);
      return true;
    } catch (BadValue e) {
      return false;
    }
  }

  /** The same text without quotes. */
  private static Node.Scalar bare(String text) {
    var kind = NumberReader.isNumber(text) ? Token.Kind.NUMBER : Token.Kind.NAME;
    return new Node.Scalar(new Token(kind, text, 1, 1), kind, text);
  }

  private static Object value(FieldDescriptor field, Node.Scalar scalar) throws BadValue {
    return switch (field.getJavaType()) {
      case INT -> (int) NumberReader.whole(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> NumberReader.whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> NumberReader.number(scalar);
      case FLOAT -> (float) NumberReader.number(scalar);
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
            + (scalar.kind() == Token.Kind.STRING ? " Values, without quotes: " : " Values: ")
            + String.join(", ", names));
  }

  static BadValue expected(String what, Node.Scalar scalar) {
    return new BadValue("expected " + what + ", found " + shown(scalar));
  }

  static String shown(Node.Scalar scalar) {
    var quote = scalar.kind() == Token.Kind.STRING ? "\"" : "'";
    return quote + scalar.text() + quote;
  }
}
