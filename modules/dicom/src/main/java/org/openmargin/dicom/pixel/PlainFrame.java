package org.openmargin.dicom.pixel;

import org.openmargin.dicom.file.PixelData.Part;
import org.openmargin.dicom.file.Refusals;

/** Frames that are not compressed (PS3.5, section 8.1.1; PS3.3, section C.7.6.3.1.2-3). */
final class PlainFrame {
  private PlainFrame() {}

  /**
   * @param part all frames
   * @param frame which one
   */
  static short[] of(byte[] bytes, Part part, int frame, PixelLayout layout) {
    var halved = layout.photometric() == Photometric.YBR_FULL_422;
    var samples = halved ? layout.pixels() * 2L : layout.samples();
    var each = samples * layout.bits().bytes();
    var row = each / layout.rows();
    if (part.length() / each < layout.frames()) {
      throw Refusals.damaged(
          "has %d bytes of pixels; %d frames of %d x %d px need %d each",
          part.length(), layout.frames(), layout.columns(), layout.rows(), each);
    }
    if (part.length() - each * layout.frames() >= Math.max(2, row)) {
      throw Refusals.damaged(
          "has %d bytes of pixels, more than %d frames of %d x %d px fill with %d each",
          part.length(), layout.frames(), layout.columns(), layout.rows(), each);
    }
    var from = part.from() + (int) (frame * each);
    return halved ? doubled(bytes, from, layout) : samples(bytes, from, layout);
  }

  private static short[] samples(byte[] bytes, int from, PixelLayout layout) {
    var samples = new short[layout.samples()];
    var colours = layout.photometric().samples();
    var wide = layout.bits().bytes() == 2;
    for (var i = 0; i < samples.length; i++) {
      var at = layout.planar() ? i / layout.pixels() + (i % layout.pixels()) * colours : i;
      samples[at] =
          wide
              ? (short) ((bytes[from + 2 * i] & 0xff) | (bytes[from + 2 * i + 1] << 8))
              : (short) (bytes[from + i] & 0xff);
    }
    return samples;
  }

  /** Two brightnesses and the differences of colour of both: Y, Y, B, R. */
  private static short[] doubled(byte[] bytes, int from, PixelLayout layout) {
    var samples = new short[layout.samples()];
    for (var i = 0; i < layout.pixels(); i++) {
      var pair = from + i / 2 * 4;
      samples[3 * i] = (short) (bytes[pair + i % 2] & 0xff);
      samples[3 * i + 1] = (short) (bytes[pair + 2] & 0xff);
      samples[3 * i + 2] = (short) (bytes[pair + 3] & 0xff);
    }
    return samples;
  }
}
