package org.openmargin.trainer;

/** A training that cannot go on: it diverged, was stopped, or its checkpoints cannot be used. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, where, and what is left
   */
  public TrainingException(String message) {
    super(message);
  }

  /**
   * @param message what happened, where, and what is left
   * @param cause what caused it
   */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
