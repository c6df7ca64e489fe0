package org.openmargin.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a file that are read.
 *
 * @param schema of these only
 * @param leftOut the others, such as {@code pixels (bytes)}
 */
record Columns(List<Column> all, MessageType schema, List<String> leftOut) {

  static Columns of(MessageType schema) {
    var columns = new ArrayList<Column>();
    var leftOut = new ArrayList<String>();
    for (var field : schema.getFields()) {
      Column.of(field)
          .ifPresentOrElse(
              column -> {
                columns.add(column);
                others(field).forEach(leftOut::add);
              },
              () -> leftOut.add("%s (%s)".formatted(field.getName(), what(field))));
    }
    var types = columns.stream().map(Column::type).toList();
    return new Columns(columns, new MessageType(schema.getName(), types), leftOut);
  }

  /** The fields of a struct besides the one that stands for it. */
  private static List<String> others(Type field) {
    return field.isPrimitive()
        ? List.of()
        : field.asGroupType().getFields().stream()
            .filter(other -> !other.getName().equals(Column.PATH))
            .map(o -> "%s.%s (%s)".formatted(field.getName(), o.getName(), what(o)))
            .toList();
  }

  private static String what(Type field) {
    if (!field.isPrimitive()) {
      return "nested";
    }
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY, FIXED_LEN_BYTE_ARRAY -> "bytes";
      default -> "a list, a time or a decimal";
    };
  }

  List<String> names() {
    return all.stream().map(Column::name).toList();
  }

  List<String> cells(Group row) {
    return all.stream().map(column -> column.text(row)).toList();
  }
}
