package org.openmargin.experiment.folder;

/** A run folder or a setting that cannot be used as asked. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what, where, and what would be right
   */
  public RunException(String message) {
    super(message);
  }

  /**
   * @param message what, where, and what would be right
   * @param cause what caused it
   */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
