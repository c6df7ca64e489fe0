package org.openmargin.runtime;

import java.io.Serial;

/** TensorFlow's libraries cannot be unpacked or loaded. The message says why and what to do. */
public final class NativeLibrariesException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public NativeLibrariesException(String message, Throwable cause) {
    super(message, cause);
  }
}
