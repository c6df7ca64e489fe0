package org.openmargin.dicom.pixel;

import org.openmargin.dicom.file.Refusals;

/** A JPEG image says its size itself. */
final class JpegSize {
  private JpegSize() {}

  static void mustAgree(int rows, int columns, int samples, PixelLayout layout) {
    if (rows != layout.rows()
        || columns != layout.columns()
        || samples != layout.photometric().samples()) {
      throw Refusals.damaged(
          "has a JPEG frame of %d x %d px with %d samples, but promises %d x %d px with %d",
          columns, rows, samples, layout.columns(), layout.rows(), layout.photometric().samples());
    }
  }
}
