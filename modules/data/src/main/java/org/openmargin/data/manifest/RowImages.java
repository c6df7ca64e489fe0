package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How rows say which image they mean. */
interface RowImages {

  /** The column that says it. */
  ColumnRole column();

  /**
   * The name of the image in the data set.
   *
   * @param cell not blank
   */
  String id(Table.Row row, String cell);

  /** Its file; empty, and a problem, if there is none. */
  Optional<Path> file(Table.Row row, String cell);

  /**
   * Call after all rows.
   *
   * @return what the user may not expect
   */
  List<String> remarks();
}
