package org.openmargin.trainer;

/** A training that cannot go on: it diverged, was stopped, or its checkpoints cannot be used. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean diverged;

  /**
   * @param message what happened, where, and what is left
   */
  public TrainingException(String message) {
    this(message, false);
  }

  /**
   * @param message what happened, where, and what is left
   * @param cause what caused it
   */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
    this.diverged = false;
  }

  private TrainingException(String message, boolean diverged) {
    super(message);
    this.diverged = diverged;
  }

  /** A training whose loss or weights are no longer numbers. */
  static TrainingException ofDivergence(String message) {
    return new TrainingException(message, true);
  }

  /** Whether the same training would fail again: its loss or weights are no longer numbers. */
  public boolean diverged() {
    return diverged;
  }
}
