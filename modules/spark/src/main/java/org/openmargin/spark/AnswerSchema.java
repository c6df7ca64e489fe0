package org.openmargin.spark;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.openmargin.serving.archive.ArchiveColumn;
import org.openmargin.serving.archive.ArchiveRow;

/** Rows of answers as Spark knows them. */
record AnswerSchema(List<ArchiveColumn> columns) {
  /** All columns of the table. */
  static final AnswerSchema TABLE = new AnswerSchema(List.of(ArchiveColumn.values()));

  /** What is said about an image beside its own row. */
  static final AnswerSchema ANSWER =
      new AnswerSchema(
          Arrays.stream(ArchiveColumn.values())
              .filter(column -> column != ArchiveColumn.PATH)
              .toList());

  StructType type() {
    return new StructType(
        columns.stream()
            .map(column -> DataTypes.createStructField(column.title(), type(column), true))
            .toArray(StructField[]::new));
  }

  private static DataType type(ArchiveColumn column) {
    return switch (column.kind()) {
      case TEXT -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case NUMBER -> DataTypes.DoubleType;
      case NUMBERS -> DataTypes.createArrayType(DataTypes.FloatType, false);
    };
  }

  Row row(ArchiveRow row) {
    var values = new Object[columns.size()];
    for (var i = 0; i < values.length; i++) {
      columns.get(i).of(row).ifPresent(setter(values, i));
    }
    return RowFactory.create(values);
  }

  /** Spark takes arrays, not lists. */
  private static Consumer<Object> setter(Object[] values, int i) {
    return value -> values[i] = value instanceof List<?> list ? list.toArray(Float[]::new) : value;
  }
}
