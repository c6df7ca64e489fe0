package org.openmargin.files.image;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a file in a folder of images says about it. */
public enum ImageName {
  /** It ends as images do. */
  IMAGE,
  /** Its content decides: the name says nothing, or promises a format that may not be read. */
  DOUBTFUL,
  /** Something else. */
  OTHER,
  /** Files that are passed over in silence: hidden ones, and those that systems leave. */
  HIDDEN;

  private static final Set<String> ENDINGS =
      Set.of(
          "png", "apng", "jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "pjp", "gif", "bmp",
          "dib", "tif", "tiff", "webp");

  private static final Set<String> DOUBTFUL_ENDINGS =
      Set.of(
          "", "img", "image", "heic", "heif", "avif", "jp2", "j2k", "jxl", "dcm", "dic", "dicom",
          "ima", "tmp");

  /** Names of DICOM files are often identifiers, whose last part looks like an ending. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Set<String> LITTER =
      Set.of("thumbs.db", "desktop.ini", "__macosx", "dicomdir");

  /**
   * @param name of a file or folder, without those above it
   */
  public static ImageName of(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(".") || LITTER.contains(lower)) {
      return HIDDEN;
    }
    var ending = lower.contains(".") ? lower.substring(lower.lastIndexOf('.') + 1) : "";
    if (ENDINGS.contains(ending)) {
      return IMAGE;
    }
    var doubtful = DOUBTFUL_ENDINGS.contains(ending) || NUMBER.matcher(ending).matches();
    return doubtful ? DOUBTFUL : OTHER;
  }
}
