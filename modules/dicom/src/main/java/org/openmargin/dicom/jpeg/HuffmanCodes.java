package org.openmargin.dicom.jpeg;

import org.openmargin.dicom.file.Refusals;

/** Huffman codes of the lengths of differences (ITU-T T.81, annexes C and F.2.2.3). */
final class HuffmanCodes {
  private static final int LONGEST = 16;
  private static final int LARGEST = 16;

  private final int[] counts = new int[LONGEST + 1];
  private final int[] values;

  private HuffmanCodes(JpegSegments segments) {
    var sum = 0;
    var free = 1;
    for (var length = 1; length <= LONGEST; length++) {
      counts[length] = segments.next();
      sum += counts[length];
      free = 2 * free - counts[length];
      if (free < 0) {
        throw Refusals.damaged("has a JPEG frame with more codes than bits allow");
      }
    }
    values = new int[sum];
    for (var i = 0; i < sum; i++) {
      values[i] = segments.next();
      if (values[i] > LARGEST) {
        throw Refusals.damaged("has a JPEG frame with a code for %d bits", values[i]);
      }
    }
  }

  /** Reads a table behind its number. */
  static HuffmanCodes read(JpegSegments segments) {
    return new HuffmanCodes(segments);
  }

  /** The next difference, modulo 65536 (annex H.1.2.2). */
  int difference(JpegSegments.JpegData data) {
    var bits = value(data);
    if (bits == LARGEST) {
      return 1 << 15;
    }
    if (bits == 0) {
      return 0;
    }
    var value = data.bits(bits);
    return value >> (bits - 1) == 1 ? value : value + 1 - (1 << bits);
  }

  private int value(JpegSegments.JpegData data) {
    var code = 0;
    var first = 0;
    var index = 0;
    for (var length = 1; length <= LONGEST; length++) {
      code |= data.bit();
      if (code - first < counts[length]) {
        return values[index + code - first];
      }
      index += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw Refusals.damaged("has a JPEG frame with a code of no meaning");
  }
}
