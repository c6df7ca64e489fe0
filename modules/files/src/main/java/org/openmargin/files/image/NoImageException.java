package org.openmargin.files.image;

import java.io.Serial;

/** A file that is no image, or an image of a format or kind that is not read. */
public final class NoImageException extends ImageFileException {

  @Serial private static final long serialVersionUID = 1L;

  NoImageException() {
    super("no image: the file does not begin like " + EncodedImage.FORMATS);
  }

  /** For an image of a kind that is not read. */
  public NoImageException(String message) {
    super(message);
  }

  NoImageException(ImageFormat format) {
    super("%s is not read: save the image as PNG or JPEG".formatted(format));
  }
}
