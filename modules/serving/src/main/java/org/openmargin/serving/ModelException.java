package org.openmargin.serving;

import java.io.Serial;

/**
 * A model was refused at export or loading; the message says what is wrong, where, and what would
 * be right.
 */
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
