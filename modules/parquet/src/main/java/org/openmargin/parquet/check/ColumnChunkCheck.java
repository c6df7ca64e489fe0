package org.openmargin.parquet.check;

import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.openmargin.files.table.TableFileException;

/** Where the footer of a file says that the bytes of its columns are. */
public final class ColumnChunkCheck {
  private ColumnChunkCheck() {}

  /**
   * @param groups row groups of the footer
   * @param length of the file, in bytes
   * @throws TableFileException if a column is said to lie outside the file
   */
  public static void requireInside(List<BlockMetaData> groups, long length) {
    for (var group : groups) {
      for (var column : group.getColumns()) {
        var start = column.getStartingPos();
        var size = column.getTotalSize();
        if (start < 0 || size < 0 || start > length || size > length - start) {
          throw ParquetDamage.of(
              "column %s is said to have %d bytes from byte %d, and the file has %d"
                  .formatted(column.getPath().toDotString(), size, start, length));
        }
      }
    }
  }
}
