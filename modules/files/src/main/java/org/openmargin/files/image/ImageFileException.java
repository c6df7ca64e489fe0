package org.openmargin.files.image;

import java.io.Serial;
import java.util.Locale;

/** An image file that is damaged or of an unsupported kind. The message says why. */
public sealed class ImageFileException extends IllegalArgumentException
    permits NoImageException, TooManyPixelsException {

  /** Pixels of the largest image that is read. */
  public static final long MAX_PIXELS = 100_000_000;

  @Serial private static final long serialVersionUID = 1L;

  public ImageFileException(String message) {
    super(message);
  }

  public ImageFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Call before decoding: a small file can claim, and hold, any number of pixels. */
  static void refuseHuge(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new TooManyPixelsException(
          "image of %d x %d px: at most %d megapixels are supported; crop or shrink it first"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
  }

  static ImageFileException damaged(String format, Object... values) {
    return new ImageFileException(
        "damaged or cut off: " + String.format(Locale.ROOT, format, values));
  }
}
