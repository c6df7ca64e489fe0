package org.openmargin.files.table;

/** A table that cannot be read, and why, without its name. */
public final class TableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TableFileException(String message) {
    super(message);
  }

  public TableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
