package org.openmargin.dicom.grey;

import org.openmargin.dicom.pixel.DicomImage;
import org.openmargin.dicom.pixel.Photometric;
import org.openmargin.dicom.pixel.StoredFrame;
import org.openmargin.files.image.LevelRule.Window;

/**
 * Levels of a grey frame: stored values are rescaled, a window makes levels of them, and {@code
 * MONOCHROME1} is inverted, so that black is 0.
 *
 * @param levels {@code [rows, columns]} row-major, 0 to 255
 * @param proposed whether the file proposes a window
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record GreyLevels(byte[] levels, boolean proposed) {

  /**
   * @param index of the frame, from 0
   * @throws org.openmargin.files.image.ImageFileException in one line, if the header does not say
   *     what is needed
   */
  public static GreyLevels of(DicomImage image, int index, Window rule) {
    var attributes = new FrameAttributes(image.attributes(), index);
    var rescale = Rescale.of(attributes);
    var frame = image.frame(index);
    var choice = new WindowChoice(frame, attributes, rescale);
    var proposed = !(rule instanceof Window.OfFile) || choice.proposed();
    return new GreyLevels(levels(frame, rescale, choice.of(rule)), proposed);
  }

  /** One level for each value that can be stored, then one look for each pixel. */
  private static byte[] levels(StoredFrame frame, Rescale rescale, VoiWindow window) {
    var layout = frame.layout();
    var white = layout.photometric() == Photometric.MONOCHROME1 ? 255 : 0;
    var bySample = new byte[1 << layout.bits().allocated()];
    for (var i = 0; i < bySample.length; i++) {
      bySample[i] = (byte) (white ^ window.level(rescale.value(layout.bits().value(i))));
    }
    var levels = new byte[layout.pixels()];
    for (var i = 0; i < levels.length; i++) {
      levels[i] = bySample[frame.samples()[i] & 0xffff];
    }
    return levels;
  }
}
