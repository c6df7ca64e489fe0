package org.openmargin.serving;

import java.io.Serial;

/** A model that is refused, at export or at loading. The message says what is wrong and where. */
public final class ModelException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what would be right
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what would be right
   * @param cause the failure below
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
