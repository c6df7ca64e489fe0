package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How rows say which image they mean. */
interface RowImages {

  /** The column that says it. */
  ColumnRole column();

  /** Whether the table itself holds the images; then the column may be missing or empty. */
  default boolean inTable() {
    return false;
  }

  /**
   * The name of the image in the data set.
   *
   * @param cell blank only if the table itself holds the images
   */
  String id(Table.Row row, String cell);

  /** The file that holds it; empty, and a problem, if there is none. */
  Optional<Path> file(Table.Row row, String cell);

  /**
   * Call after all rows.
   *
   * @return what the user may not expect
   */
  default List<String> remarks() {
    return List.of();
  }
}
