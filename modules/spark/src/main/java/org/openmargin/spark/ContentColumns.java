package org.openmargin.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a table hold the contents of files and their paths. A field of a struct is named
 * with a dot, as {@code image.bytes}.
 *
 * @param content empty: the only column of bytes
 * @param path empty: {@code path} beside it
 */
public record ContentColumns(Optional<String> content, Optional<String> path) {
  /** Those that are there. */
  public static final ContentColumns FOUND = new ContentColumns(Optional.empty(), Optional.empty());

  private static final String PATH = "path";

  /**
   * The two columns: a path, and the content.
   *
   * @throws ArchiveException if there are none such, naming those there are
   */
  Dataset<Row> of(Dataset<Row> table) {
    var types = types("", table.schema());
    var bytes = content.orElseGet(() -> onlyBytes(types));
    var beside = bytes.substring(0, bytes.lastIndexOf('.') + 1);
    var name = path.orElse(beside + PATH);
    require(types, bytes, DataTypes.BinaryType);
    require(types, name, DataTypes.StringType);
    return table.select(functions.col(quoted(name)), functions.col(quoted(bytes)));
  }

  private static String onlyBytes(Map<String, DataType> types) {
    var found = new ArrayList<String>();
    types.forEach(
        (name, type) -> {
          if (type.equals(DataTypes.BinaryType)) {
            found.add(name);
          }
        });
    if (found.size() != 1) {
      throw new ArchiveException(
          "the table has %d columns of bytes, not one: %s; name the one that holds the images"
              .formatted(found.size(), types));
    }
    return found.get(0);
  }

  private static void require(Map<String, DataType> types, String name, DataType type) {
    if (!type.equals(types.get(name))) {
      throw new ArchiveException(
          "the table has no column '%s' of type %s; its columns are %s"
              .formatted(name, type.simpleString(), types));
    }
  }

  /** By name, those in structs too. */
  private static Map<String, DataType> types(String above, StructType struct) {
    var types = new TreeMap<String, DataType>();
    for (var field : struct.fields()) {
      if (field.dataType() instanceof StructType inner) {
        types.putAll(types(above + field.name() + ".", inner));
      } else {
        types.put(above + field.name(), field.dataType());
      }
    }
    return types;
  }

  private static String quoted(String name) {
    return String.join(
        ".", List.of(name.split("[.]", -1)).stream().map("`%s`"::formatted).toList());
  }
}
