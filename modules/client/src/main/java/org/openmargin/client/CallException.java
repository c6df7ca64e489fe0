package org.openmargin.client;

import java.io.Serial;

/** A call that a server did not answer. */
final class CallException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What to do about it. */
  enum Kind {
    /** The same call may succeed a little later. */
    TEMPORARY,
    /** The server objects to this request; a smaller one may pass. */
    REQUEST,
    /** No call will succeed: wrong model, no permission. */
    FINAL
  }

  private final Kind kind;

  CallException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  CallException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
