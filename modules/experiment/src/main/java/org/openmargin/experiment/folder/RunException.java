package org.openmargin.experiment.folder;

/** A run folder or a setting that cannot be used as asked. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says what is wrong, where, and what to do. */
  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
