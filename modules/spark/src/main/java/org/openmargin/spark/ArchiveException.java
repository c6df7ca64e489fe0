package org.openmargin.spark;

import java.io.Serial;

/**
 * A source or a place for answers that cannot be used; the message says why, and what would be
 * right.
 */
public final class ArchiveException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ArchiveException(String message) {
    super(message);
  }

  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
