package org.openmargin.dicom.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.dicom.file.Refusals;

/**
 * What the header of a lossless JPEG image says (ITU-T T.81, annex B.2.2).
 *
 * @param precision bits of a sample, 2 to 16
 * @param names of the components, in order
 */
public record FrameHeader(int precision, int rows, int columns, List<Integer> names) {
  static final FrameHeader NONE = new FrameHeader(0, 0, 0, List.of());
  private static final int NOT_SUBSAMPLED = 0x11;

  /** Keeps a copy. */
  public FrameHeader {
    names = List.copyOf(names);
  }

  public int components() {
    return names.size();
  }

  static FrameHeader read(JpegSegments segments) {
    var precision = segments.next();
    var rows = segments.word();
    var columns = segments.word();
    var count = segments.next();
    var names = new ArrayList<Integer>();
    for (var i = 0; i < count; i++) {
      names.add(segments.next());
      if (segments.next() != NOT_SUBSAMPLED && count > 1) {
        throw Refusals.unsupported("with JPEG components of different sizes is not read");
      }
      segments.next();
    }
    if (precision < 2
        || precision > 16
        || rows == 0
        || columns == 0
        || count == 0
        || names.stream().distinct().count() < count) {
      throw Refusals.damaged("has a JPEG header that describes no image");
    }
    return new FrameHeader(precision, rows, columns, names);
  }
}
