package org.openmargin.cli.console;

import java.io.Serial;

/** The reader of standard output has gone, as {@code head} goes after its lines: no failure. */
public final class NoReaderException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NoReaderException(Throwable cause) {
    super("nobody reads the output any more", cause);
  }
}
