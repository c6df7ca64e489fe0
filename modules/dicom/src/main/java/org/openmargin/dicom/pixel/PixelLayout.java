package org.openmargin.dicom.pixel;

import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Attributes;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.files.image.ImageFileException;

/**
 * Size and form of the frames (PS3.3, section C.7.6.3).
 *
 * @param planar whether all of a colour comes before the next colour, where frames are not
 *     compressed
 * @param bits of a sample
 */
public record PixelLayout(
    int rows, int columns, int frames, Photometric photometric, boolean planar, Bits bits) {

  /**
   * The bits of a sample.
   *
   * @param allocated 8 or 16
   * @param stored of them, the value
   * @param high position of the value's highest one
   * @param signed whether the value is a two's complement
   */
  public record Bits(int allocated, int stored, int high, boolean signed) {
    public int bytes() {
      return allocated / 8;
    }

    /** The value that a sample of {@link #allocated} bits holds. */
    public int value(int sample) {
      var value = (sample >>> (high + 1 - stored)) & ((1 << stored) - 1);
      return signed && value >>> (stored - 1) == 1 ? value - (1 << stored) : value;
    }

    private static Bits of(Attributes attributes) {
      var allocated = attributes.requiredWord(Attribute.BITS_ALLOCATED);
      if (allocated != 8 && allocated != 16) {
        throw Refusals.unsupported(
            "with %d in %s is not read, only with 8 or 16", allocated, Attribute.BITS_ALLOCATED);
      }
      var stored = attributes.requiredWord(Attribute.BITS_STORED);
      var high = attributes.word(Attribute.HIGH_BIT).orElse(stored - 1);
      if (stored < 1 || high >= allocated || high < stored - 1) {
        throw Refusals.damaged(
            "stores %d bits up to bit %d of %d, which is impossible", stored, high, allocated);
      }
      var signed = attributes.word(Attribute.SIGNED).orElse(0);
      if (signed > 1) {
        throw Refusals.damaged("has %d in %s, not 0 or 1", signed, Attribute.SIGNED);
      }
      return new Bits(allocated, stored, high, signed == 1);
    }
  }

  /**
   * @throws ImageFileException if something is missing, impossible, too large or not read
   */
  static PixelLayout of(Attributes attributes) {
    var photometric = Photometric.of(attributes);
    var samples = attributes.requiredWord(Attribute.SAMPLES_PER_PIXEL);
    if (samples != photometric.samples()) {
      throw Refusals.damaged("has %d samples per pixel, but is %s", samples, photometric);
    }
    var layout =
        new PixelLayout(
            attributes.requiredWord(Attribute.ROWS),
            attributes.requiredWord(Attribute.COLUMNS),
            attributes.integer(Attribute.FRAMES).orElse(1),
            photometric,
            attributes.word(Attribute.PLANAR).orElse(0) == 1,
            Bits.of(attributes));
    layout.mustBePossible();
    return layout;
  }

  private void mustBePossible() {
    if (rows < 1 || columns < 1 || frames < 1) {
      throw Refusals.damaged("has %d frames of %d x %d px", frames, columns, rows);
    }
    if ((long) rows * columns > ImageFileException.MAX_PIXELS) {
      throw Refusals.unsupported(
          "with frames of %d x %d px is not read: at most %d megapixels are supported",
          columns, rows, ImageFileException.MAX_PIXELS / 1_000_000);
    }
    if (photometric.samples() == 3 && bits.signed()) {
      throw Refusals.damaged("has colours below zero");
    }
    if (photometric.brightnessAndDifferences() && (bits.allocated() != 8 || bits.stored() != 8)) {
      throw Refusals.unsupported("with %s of other than 8 bits is not read", photometric);
    }
    if (photometric == Photometric.YBR_FULL_422 && columns % 2 == 1) {
      throw Refusals.damaged("is %s with an odd number of columns", photometric);
    }
  }

  public int pixels() {
    return rows * columns;
  }

  /** Samples of a frame; at most 300 million. */
  public int samples() {
    return pixels() * photometric.samples();
  }
}
