package org.openmargin.files.image;

import java.io.Serial;

/** An image that claims more pixels than are decoded. */
public final class TooManyPixelsException extends ImageFileException {

  @Serial private static final long serialVersionUID = 1L;

  TooManyPixelsException(String message) {
    super(message);
  }
}
