package org.openmargin.files.image;

import java.util.List;

/**
 * Reads the coefficients of one scan and forgets them: what is left is whether all are there.
 *
 * @param from first coefficient, 0..63
 * @param to last coefficient
 * @param high bits given before; 0 in a first scan
 * @param low bits that are still to come
 * @param restart MCUs between restart markers; 0 for none
 */
record JpegScan(
    JpegFrame frame, List<Part> parts, int from, int to, int high, int low, int restart) {
  private static final int MOST_LOW_BITS = 13;

  /**
   * A component with its tables.
   *
   * @param dc of the first coefficient, ac of the others
   */
  record Part(JpegFrame.Component component, JpegHuffman dc, JpegHuffman ac) {}

  /**
   * @throws ImageFileException if there can be no such scan
   */
  void mustBeUsable() {
    var last = frame.progressive() ? to : 63;
    var band = from >= 0 && to >= from && last <= 63 && (frame.progressive() || from == 0);
    var dcAndAc = frame.progressive() && from == 0 && to > 0;
    var acOfSeveral = frame.progressive() && from > 0 && parts.size() > 1;
    var refinement = frame.progressive() && high > 0 && low != high - 1;
    var bits = refinement || (frame.progressive() && low > MOST_LOW_BITS);
    if (parts.isEmpty() || !band || dcAndAc || acOfSeveral || bits) {
      throw ImageFileException.damaged("a JPEG scan has an impossible header");
    }
  }

  /**
   * @param position of the first byte after the scan's header
   * @return where the marker behind the scan begins
   * @throws ImageFileException if coefficients are missing or cannot be
   */
  int read(byte[] file, int position) {
    parts.forEach(part -> part.component().seen(from, to, low));
    var across = across();
    var total = across * down();
    var at = position;
    var marker = 0;
    for (var first = 0; first < total; ) {
      var last = restart == 0 ? total : Math.min(total, first + restart);
      var bits = new JpegBits(file, at);
      var coefficients = new JpegCoefficients(this, bits);
      for (var mcu = first; mcu < last; mcu++) {
        mcu(coefficients, mcu % across, mcu / across);
      }
      at = bits.end();
      first = last;
      if (first < total) {
        at = restarted(file, at, marker++);
      }
    }
    return at;
  }

  private static int restarted(byte[] file, int position, int marker) {
    if ((file[position + 1] & 0xff) != 0xd0 + marker % 8) {
      throw ImageFileException.damaged("a JPEG restart marker is missing");
    }
    return position + 2;
  }

  private void mcu(JpegCoefficients coefficients, int x, int y) {
    for (var part : parts) {
      var component = part.component();
      var single = parts.size() == 1;
      var wide = single ? 1 : component.across();
      var high = single ? 1 : component.down();
      var rowBlocks = frame.mcusAcross() * component.across();
      for (var block = 0; block < wide * high; block++) {
        var column = x * wide + block % wide;
        var row = y * high + block / wide;
        coefficients.block(part, row * rowBlocks + column);
      }
    }
  }

  private int across() {
    return parts.size() > 1 ? frame.mcusAcross() : blocks(true);
  }

  private int down() {
    return parts.size() > 1 ? frame.mcusDown() : blocks(false);
  }

  /** A scan of one component leaves out blocks that only pad an MCU. */
  private int blocks(boolean across) {
    var component = parts.get(0).component();
    var own = across ? component.across() : component.down();
    var most = across ? frame.mostAcross() : frame.mostDown();
    return JpegFrame.ceil(JpegFrame.ceil((across ? frame.width() : frame.height()) * own, most), 8);
  }
}
