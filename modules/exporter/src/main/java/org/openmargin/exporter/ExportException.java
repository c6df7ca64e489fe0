package org.openmargin.exporter;

import java.io.Serial;

/** A model that is refused, at export or at loading. The message says what is wrong and where. */
public final class ExportException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what would be right
   */
  public ExportException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what would be right
   * @param cause the failure below
   */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
