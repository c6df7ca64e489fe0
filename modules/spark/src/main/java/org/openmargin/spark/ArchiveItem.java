package org.openmargin.spark;

import java.io.Serializable;

/** A file to be answered, as it travels to an executor. */
sealed interface ArchiveItem extends Serializable {
  /** As it stands in the table of answers. */
  String path();

  /**
   * A file that the executor reads.
   *
   * @param doubtful whether it is passed over unless it begins like an image
   */
  record InPlace(String path, boolean doubtful) implements ArchiveItem {}

  /** A row of a table without content. */
  record Absent(String path) implements ArchiveItem {}

  /**
   * A row of a table.
   *
   * @param content of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Stored(String path, byte[] content) implements ArchiveItem {}
}
