package org.openmargin.dicom.file;

import java.util.Locale;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.NoImageException;

/** Why a DICOM file cannot be used, in one line. Nothing of a header's text is repeated in it. */
public final class Refusals {
  private Refusals() {}

  /** For a file that contradicts itself or the standard. */
  public static ImageFileException damaged(String format, Object... values) {
    return new ImageFileException(
        "damaged or cut off: the DICOM file " + String.format(Locale.ROOT, format, values));
  }

  /** For a file that may be right, but is of a kind that is not read. */
  public static NoImageException unsupported(String format, Object... values) {
    return new NoImageException(
        "a DICOM file %s".formatted(String.format(Locale.ROOT, format, values)));
  }

  /** A tag as the standard writes it, such as {@code (0028,0010)}. */
  static String name(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", tag >>> 16, tag & 0xffff);
  }
}
