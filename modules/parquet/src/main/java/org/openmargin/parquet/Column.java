package org.openmargin.parquet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A column whose values are text or become text.
 *
 * @param name of the column
 * @param type of the field in the row, as far as it is read
 * @param kind of its values
 */
record Column(String name, Type type, Kind kind) {
  /** The field of a struct that stands for it. */
  static final String PATH = "path";

  /** What values are. */
  enum Kind {
    TEXT,
    WHOLE,
    FRACTION,
    TRUTH
  }

  /** Empty for a field that is left out. */
  static Optional<Column> of(Type field) {
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    if (field.isPrimitive()) {
      return kind(field.asPrimitiveType()).map(kind -> new Column(field.getName(), field, kind));
    }
    return path(field.asGroupType())
        .map(
            path ->
                new Column(
                    field.getName(),
                    new GroupType(field.getRepetition(), field.getName(), List.of(path)),
                    Kind.TEXT));
  }

  private static Optional<Type> path(GroupType struct) {
    return Optional.of(struct)
        .filter(fields -> fields.containsField(PATH))
        .map(fields -> fields.getType(PATH))
        .filter(Type::isPrimitive)
        .filter(path -> !path.isRepetition(Type.Repetition.REPEATED))
        .filter(path -> kind(path.asPrimitiveType()).filter(Kind.TEXT::equals).isPresent());
  }

  private static Optional<Kind> kind(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> isText(type) ? Optional.of(Kind.TEXT) : Optional.empty();
      case INT32, INT64 -> isPlain(type) ? Optional.of(Kind.WHOLE) : Optional.empty();
      case FLOAT, DOUBLE -> Optional.of(Kind.FRACTION);
      case BOOLEAN -> Optional.of(Kind.TRUTH);
      case INT96, FIXED_LEN_BYTE_ARRAY -> Optional.empty();
    };
  }

  private static boolean isText(PrimitiveType type) {
    var says = type.getLogicalTypeAnnotation();
    return says instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || says instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        || says instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
  }

  /** No date, time or decimal, whose numbers mean something else. */
  private static boolean isPlain(PrimitiveType type) {
    var says = type.getLogicalTypeAnnotation();
    return says == null || says instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation;
  }

  /**
   * The value in a row; empty where there is none.
   *
   * @param labels names of classes
   */
  String text(Group row, ClassLabels labels) {
    return kind == Kind.WHOLE ? labels.name(name, text(row)) : text(row);
  }

  private String text(Group row) {
    if (row.getFieldRepetitionCount(name) == 0) {
      return "";
    }
    if (type.isPrimitive()) {
      return text(row, name);
    }
    var struct = row.getGroup(name, 0);
    return struct.getFieldRepetitionCount(PATH) == 0 ? "" : text(struct, PATH);
  }

  private String text(Group group, String field) {
    return switch (kind) {
      case TEXT -> group.getString(field, 0);
      case WHOLE, TRUTH -> group.getValueToString(group.getType().getFieldIndex(field), 0);
      case FRACTION ->
          plain(
              Double.parseDouble(group.getValueToString(group.getType().getFieldIndex(field), 0)));
    };
  }

  /** Whole numbers, such as labels of a column that lacks some, without a fraction. */
  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
