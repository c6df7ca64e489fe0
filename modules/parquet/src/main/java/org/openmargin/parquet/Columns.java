package org.openmargin.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a file that are read.
 *
 * @param text those that are text or become text
 * @param images those of bytes that are there
 * @param leftOut the others, such as {@code tags (nested)}
 */
record Columns(List<Column> text, List<ImageColumn> images, List<String> leftOut) {

  /**
   * @param blocks of the file, which tell whether there are any bytes
   */
  static Columns of(MessageType schema, List<BlockMetaData> blocks) {
    var text = new ArrayList<Column>();
    var images = new ArrayList<ImageColumn>();
    var leftOut = new ArrayList<String>();
    for (var field : schema.getFields()) {
      var column = Column.of(field);
      var image = ImageColumn.of(field).filter(bytes -> !bytes.isEmpty(blocks));
      column.ifPresent(text::add);
      image.ifPresent(images::add);
      if (column.isPresent()) {
        leftOut.addAll(others(field, image.isPresent()));
      } else if (image.isEmpty()) {
        leftOut.add("%s (%s)".formatted(field.getName(), what(field)));
      }
    }
    return new Columns(text, images, leftOut);
  }

  /** The fields of a struct besides those that are read. */
  private static List<String> others(Type field, boolean withBytes) {
    return field.isPrimitive()
        ? List.of()
        : field.asGroupType().getFields().stream()
            .filter(other -> !other.getName().equals(Column.PATH))
            .filter(other -> !withBytes || !other.getName().equals(ImageColumn.BYTES))
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

  /** What is read of the file for the text. */
  MessageType schema(MessageType file) {
    return new MessageType(file.getName(), text.stream().map(Column::type).toList());
  }

  List<String> names() {
    return text.stream().map(Column::name).toList();
  }

  List<String> cells(Group row, ClassLabels labels) {
    return text.stream().map(column -> column.text(row, labels)).toList();
  }
}
