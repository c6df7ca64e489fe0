package org.openmargin.files.image;

/**
 * Walks over the coefficients of blocks, in the four ways of ITU-T T.81: sequential (F.2.2), and
 * progressive first or refining scans (G.1.2) of the first coefficient or the others.
 */
final class JpegCoefficients {
  private static final int LAST = 63;
  private static final int MOST_DC_BITS = 15;

  private final JpegScan scan;
  private final JpegBits bits;
  private final boolean progressive;

  /** Blocks that still have no coefficient in this band. */
  private int endOfBand;

  JpegCoefficients(JpegScan scan, JpegBits bits) {
    this.scan = scan;
    this.bits = bits;
    this.progressive = scan.frame().progressive();
  }

  /**
   * @param index of the block in its plane
   */
  void block(JpegScan.Part part, int index) {
    if (!progressive) {
      dc(part);
      sequential(part);
    } else if (scan.from() == 0) {
      if (scan.high() == 0) {
        dc(part);
      } else {
        bits.skip(1);
      }
    } else {
      var nonZero = part.component().nonZero(scan.frame());
      nonZero[index] =
          scan.high() == 0 ? first(part, nonZero[index]) : refined(part, nonZero[index]);
    }
  }

  private void dc(JpegScan.Part part) {
    var length = part.dc().decode(bits);
    if (length > MOST_DC_BITS) {
      throw ImageFileException.damaged("a JPEG coefficient is too large");
    }
    bits.read(length);
  }

  private void sequential(JpegScan.Part part) {
    for (var k = 1; k <= LAST; k++) {
      var symbol = part.ac().decode(bits);
      var length = symbol & 15;
      if (length == 0 && symbol != 0xf0) {
        return;
      }
      k = inside(k + (symbol >> 4), LAST);
      bits.read(length);
    }
  }

  private long first(JpegScan.Part part, long before) {
    if (endOfBand > 0) {
      endOfBand--;
      return before;
    }
    var nonZero = before;
    for (var k = scan.from(); k <= scan.to(); k++) {
      var symbol = part.ac().decode(bits);
      var run = symbol >> 4;
      var length = symbol & 15;
      if (length == 0 && run < 15) {
        endOfBand = (1 << run) + bits.read(run) - 1;
        return nonZero;
      }
      k = length == 0 ? k + run : inside(k + run, scan.to());
      if (length > 0) {
        bits.read(length);
        nonZero |= 1L << k;
      }
    }
    return nonZero;
  }

  /** One more bit of each coefficient that is not zero, and new ones between them. */
  private long refined(JpegScan.Part part, long before) {
    var nonZero = before;
    var k = scan.from();
    while (endOfBand == 0 && k <= scan.to()) {
      var symbol = part.ac().decode(bits);
      var run = symbol >> 4;
      var isNew = (symbol & 15) != 0;
      if (!isNew && run < 15) {
        endOfBand = (1 << run) + bits.read(run);
        break;
      }
      if (isNew) {
        bits.read(1);
      }
      for (; k <= scan.to(); k++) {
        if (((before >> k) & 1) != 0) {
          bits.read(1);
        } else if (run-- == 0) {
          break;
        }
      }
      if (isNew) {
        nonZero |= 1L << inside(k, scan.to());
      }
      k++;
    }
    if (endOfBand > 0) {
      for (; k <= scan.to(); k++) {
        bits.read((int) ((before >> k) & 1));
      }
      endOfBand--;
    }
    return nonZero;
  }

  private static int inside(int k, int last) {
    if (k > last) {
      throw ImageFileException.damaged("a JPEG block has too many coefficients");
    }
    return k;
  }
}
