package org.openmargin.dicom.pixel;

import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.jpeg.LosslessJpeg;

/** JPEG lossless, process 14, with any predictor. */
final class LosslessFrame {
  private LosslessFrame() {}

  static short[] decode(byte[] frame, PixelLayout layout) {
    var jpeg = LosslessJpeg.read(frame);
    var header = jpeg.frame();
    JpegSize.mustAgree(header.rows(), header.columns(), header.components(), layout);
    var bits = layout.bits();
    if (header.precision() > bits.allocated()
        || (bits.signed() && header.precision() < bits.stored())
        || bits.high() != bits.stored() - 1) {
      throw Refusals.damaged(
          "has a JPEG frame of %d bits, but stores %d up to bit %d of %d",
          header.precision(), bits.stored(), bits.high(), bits.allocated());
    }
    return jpeg.decode();
  }
}
