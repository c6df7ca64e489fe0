package org.openmargin.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A column of bytes that may be encoded images: a plain one, or the field {@code bytes} of a
 * struct, as Hugging Face writes images.
 *
 * @param type of the field in the row, as far as it is read
 */
record ImageColumn(String name, Type type) {
  /** The field of a struct that holds the bytes. */
  static final String BYTES = "bytes";

  /** Empty for a field of another kind. */
  static Optional<ImageColumn> of(Type field) {
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    if (field.isPrimitive()) {
      return isBytes(field)
          ? Optional.of(new ImageColumn(field.getName(), field))
          : Optional.empty();
    }
    return bytes(field.asGroupType())
        .map(
            bytes ->
                new ImageColumn(
                    field.getName(),
                    new GroupType(field.getRepetition(), field.getName(), List.of(bytes))));
  }

  private static Optional<Type> bytes(GroupType struct) {
    return Optional.of(struct)
        .filter(fields -> fields.containsField(BYTES))
        .map(fields -> fields.getType(BYTES))
        .filter(field -> !field.isRepetition(Type.Repetition.REPEATED))
        .filter(ImageColumn::isBytes);
  }

  private static boolean isBytes(Type field) {
    return field.isPrimitive()
        && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
        && field.getLogicalTypeAnnotation() == null;
  }

  /** What is read of the file if only this column is. */
  MessageType schema(MessageType file) {
    return new MessageType(file.getName(), List.of(type));
  }

  /** Whether the file says that every value is missing, as if the images lay beside it. */
  boolean isEmpty(List<BlockMetaData> blocks) {
    var path = type.isPrimitive() ? name : name + "." + BYTES;
    var chunks =
        blocks.stream()
            .flatMap(block -> block.getColumns().stream())
            .filter(chunk -> chunk.getPath().toDotString().equals(path))
            .toList();
    return !chunks.isEmpty() && chunks.stream().allMatch(ImageColumn::isEmpty);
  }

  private static boolean isEmpty(ColumnChunkMetaData chunk) {
    var statistics = chunk.getStatistics();
    return statistics != null
        && statistics.isNumNullsSet()
        && statistics.getNumNulls() == chunk.getValueCount();
  }

  /** The bytes of a row; none where there are none. */
  byte[] bytes(Group row) {
    if (row.getFieldRepetitionCount(name) == 0) {
      return new byte[0];
    }
    if (type.isPrimitive()) {
      return row.getBinary(name, 0).getBytes();
    }
    var struct = row.getGroup(name, 0);
    return struct.getFieldRepetitionCount(BYTES) == 0
        ? new byte[0]
        : struct.getBinary(BYTES, 0).getBytes();
  }
}
