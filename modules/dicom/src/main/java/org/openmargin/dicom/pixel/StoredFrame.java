package org.openmargin.dicom.pixel;

/**
 * The values of one frame as the file stores them: grey, indices of a palette, or RGB.
 *
 * @param samples {@code [rows, columns, samples]} row-major, of {@link PixelLayout.Bits#allocated}
 *     bits each
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record StoredFrame(PixelLayout layout, short[] samples) {

  /** One value, with its sign. */
  public int value(int index) {
    return layout.bits().value(samples[index] & 0xffff);
  }
}
