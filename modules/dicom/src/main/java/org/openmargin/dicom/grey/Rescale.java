package org.openmargin.dicom.grey;

import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Refusals;

/**
 * From stored values to those with a meaning, such as Hounsfield units (PS3.3, section C.11.1.1.2):
 * {@code slope * stored + intercept}.
 */
record Rescale(double slope, double intercept) {

  /**
   * @throws org.openmargin.files.image.ImageFileException if the file uses a table instead
   */
  static Rescale of(FrameAttributes frame) {
    if (!frame.image().items(Attribute.MODALITY_LUT).isEmpty()) {
      throw Refusals.unsupported("with a %s is not read", Attribute.MODALITY_LUT);
    }
    var values = frame.with(Attribute.SLOPE, Attribute.FRAME_RESCALE);
    var slope = values.decimals(Attribute.SLOPE);
    var intercept = values.decimals(Attribute.INTERCEPT);
    if (slope.length > 1 || intercept.length > 1 || (slope.length == 1 && slope[0] == 0)) {
      throw Refusals.damaged("has no usable %s or %s", Attribute.SLOPE, Attribute.INTERCEPT);
    }
    return new Rescale(slope.length == 0 ? 1 : slope[0], intercept.length == 0 ? 0 : intercept[0]);
  }

  double value(int stored) {
    return slope * stored + intercept;
  }
}
