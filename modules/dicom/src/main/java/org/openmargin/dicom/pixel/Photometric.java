package org.openmargin.dicom.pixel;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Attributes;
import org.openmargin.dicom.file.Refusals;

/** What the samples of a pixel mean (PS3.3, section C.7.6.3.1.2). */
public enum Photometric {
  /** Smallest value white. */
  MONOCHROME1(1),
  /** Smallest value black. */
  MONOCHROME2(1),
  PALETTE_COLOR(1),
  RGB(3),
  /** Brightness and two differences of colour, for each pixel. */
  YBR_FULL(3),
  /** The same, with differences of colour for two pixels each. */
  YBR_FULL_422(3);

  private static final Pattern NAME = Pattern.compile("[A-Z0-9_ ]{1,16}");

  private final int samples;

  Photometric(int samples) {
    this.samples = samples;
  }

  /**
   * @throws org.openmargin.files.image.ImageFileException if it is missing or not read
   */
  static Photometric of(Attributes attributes) {
    var name =
        attributes
            .text(Attribute.PHOTOMETRIC)
            .orElseThrow(() -> Attributes.missing(Attribute.PHOTOMETRIC));
    return Arrays.stream(values())
        .filter(p -> p.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.unsupported(
                    "with %s %s is not read",
                    Attribute.PHOTOMETRIC,
                    NAME.matcher(name).matches() ? name : "of no known form"));
  }

  /** Samples of a pixel. */
  public int samples() {
    return samples;
  }

  public boolean grey() {
    return this == MONOCHROME1 || this == MONOCHROME2;
  }

  public boolean brightnessAndDifferences() {
    return this == YBR_FULL || this == YBR_FULL_422;
  }

  /** The name in the standard. */
  @Override
  public String toString() {
    return name().replace("E_C", "E C");
  }
}
