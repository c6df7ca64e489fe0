package org.openmargin.dicom.colour;

import java.util.List;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.pixel.DicomImage;
import org.openmargin.dicom.pixel.Photometric;
import org.openmargin.dicom.pixel.StoredFrame;

/** Levels of a frame in colour. */
public final class ColourLevels {
  private ColourLevels() {}

  /**
   * RGB, {@code [rows, columns, 3]} row-major, 0 to 255. Samples of more or fewer than 8 bits are
   * scaled: the largest that can be stored becomes 255.
   *
   * @param index of the frame, from 0
   * @throws org.openmargin.files.image.ImageFileException in one line, if the palette is damaged
   */
  public static byte[] of(DicomImage image, int index) {
    return image.layout().photometric() == Photometric.PALETTE_COLOR
        ? ofPalette(image, image.frame(index))
        : ofRgb(image.frame(index));
  }

  private static byte[] ofPalette(DicomImage image, StoredFrame frame) {
    var attributes = image.attributes();
    if (attributes.has(Attribute.SEGMENTED_RED) && !attributes.has(Attribute.RED)) {
      throw Refusals.unsupported("with a %s is not read", Attribute.SEGMENTED_RED);
    }
    var signed = image.layout().bits().signed();
    var palettes =
        List.of(
            Palette.of(attributes, Attribute.RED_DESCRIPTOR, Attribute.RED, signed),
            Palette.of(attributes, Attribute.GREEN_DESCRIPTOR, Attribute.GREEN, signed),
            Palette.of(attributes, Attribute.BLUE_DESCRIPTOR, Attribute.BLUE, signed));
    var levels = new byte[3 * image.layout().pixels()];
    for (var i = 0; i < levels.length; i++) {
      levels[i] = (byte) palettes.get(i % 3).level(frame.value(i / 3));
    }
    return levels;
  }

  private static byte[] ofRgb(StoredFrame frame) {
    var largest = (1 << frame.layout().bits().stored()) - 1;
    var levels = new byte[frame.layout().samples()];
    for (var i = 0; i < levels.length; i++) {
      levels[i] = (byte) ((2 * 255L * frame.value(i) + largest) / (2L * largest));
    }
    return levels;
  }
}
