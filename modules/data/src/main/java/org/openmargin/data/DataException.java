package org.openmargin.data;

import java.io.Serial;

/** Data that cannot be used. The message says what is wrong, where, and what would be right. */
public final class DataException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what would be right
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what would be right
   * @param cause the failure below
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
