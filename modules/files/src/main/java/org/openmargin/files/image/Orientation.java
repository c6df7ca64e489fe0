package org.openmargin.files.image;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How a camera was held: the orientation that the Exif segment of a JPEG file states (CIPA DC-008,
 * tag 0112 of the first directory). The segment counts where Exif wants it: first, or right after
 * JFIF's. Found by a regular expression, because the graph of an exported model has nothing else,
 * and both must find the same.
 */
public enum Orientation {
  /** Mirrored left to right, before any exchange of rows and columns. */
  MIRRORED("\\x02\\x03\\x07\\x08"),
  /** Mirrored top to bottom, before any exchange of rows and columns. */
  UPSIDE_DOWN("\\x03\\x04\\x06\\x07"),
  /** Rows and columns exchanged, at last. */
  TRANSPOSED("\\x05-\\x08");

  /** Bytes of a file that hold all that a pattern looks at. */
  public static final int HEAD_BYTES = 512;

  private static final String JAVA_BYTE = "[\\x00-\\xff]";
  private static final String RE2_BYTE = "\\C";
  private static final String ANY = "~";

  /** Start of image, JFIF's segment or none, and the beginning of the Exif segment. */
  private static final String EXIF = "~{2}(?:~{4}JFIF~{10})?~{4}Exif\\x00\\x00";

  /** The header of a little-endian TIFF structure, up to 15 entries, and the one that counts. */
  private static final String LITTLE =
      "II\\x2a\\x00\\x08\\x00\\x00\\x00~{2}(?:~{12}){0,15}\\x12\\x01\\x03\\x00\\x01\\x00\\x00\\x00[%s]\\x00";

  private static final String BIG =
      "MM\\x00\\x2a\\x00\\x00\\x00\\x08~{2}(?:~{12}){0,15}\\x01\\x12\\x00\\x03\\x00\\x00\\x00\\x01\\x00[%s]";

  private final String template;
  private final Pattern pattern;

  Orientation(String values) {
    this.template =
        "%s(?:%s|%s)~*".formatted(EXIF, LITTLE.formatted(values), BIG.formatted(values));
    this.pattern = Pattern.compile(template.replace(ANY, JAVA_BYTE));
  }

  /** The pattern in RE2's syntax; it must match all of the first {@link #HEAD_BYTES}. */
  public String re2() {
    return template.replace(ANY, RE2_BYTE);
  }

  /** Whether the image of this JPEG or PNG file must be treated so to stand upright. */
  public boolean in(byte[] file) {
    var length = Math.min(file.length, HEAD_BYTES);
    var head = new String(file, 0, length, StandardCharsets.ISO_8859_1);
    return pattern.matcher(head).matches();
  }
}
