package org.openmargin.parquet.check;

import org.openmargin.files.table.TableFileException;

/** What is said of a damaged file. */
public final class ParquetDamage {
  private static final String DAMAGED = "a damaged Parquet file: ";

  private ParquetDamage() {}

  static TableFileException of(String what) {
    return new TableFileException(DAMAGED + what);
  }

  /**
   * @param what is wrong with the file
   * @param cause by which the reader failed
   */
  public static TableFileException of(String what, Throwable cause) {
    return new TableFileException(DAMAGED + what, cause);
  }
}
