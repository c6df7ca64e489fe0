package org.openmargin.trainer.weights;

/** Weights that cannot be read, or do not fit the network. */
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what is wrong, where, and what would be right. */
  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
