package org.openmargin.files.image;

import java.util.Arrays;

/** A Huffman table (ITU-T T.81, F.2.2.3). */
final class JpegHuffman {
  private static final int LONGEST = 16;
  private static final int MOST_DC_BITS = 15;
  private static final short NONE = -1;

  /** Holds no code: for tables that a file uses but does not define. */
  static final JpegHuffman EMPTY = new JpegHuffman(new int[LONGEST], new byte[0]);

  /** For all first 16 bits, {@code length << 8 | symbol}, or -1 where no code begins so. */
  private final short[] entries = new short[1 << LONGEST];

  /**
   * @param counts number of codes of 1..16 bits
   * @param symbols in the order of their codes
   * @throws ImageFileException if there are more codes than fit
   */
  JpegHuffman(int[] counts, byte[] symbols) {
    Arrays.fill(entries, NONE);
    var code = 0;
    var symbol = 0;
    for (var length = 1; length <= LONGEST; length++) {
      var each = 1 << (LONGEST - length);
      for (var i = 0; i < counts[length - 1]; i++) {
        if (code + each > entries.length) {
          throw ImageFileException.damaged("a Huffman table has too many codes");
        }
        var entry = (short) ((length << 8) | (symbols[symbol] & 0xff));
        Arrays.fill(entries, code, code + each, entry);
        code += each;
        symbol++;
      }
    }
  }

  /**
   * The table itself.
   *
   * @throws ImageFileException if a symbol cannot be the length of a first coefficient
   */
  JpegHuffman mustBeOfDc() {
    for (var entry : entries) {
      if (entry != NONE && (entry & 0xff) > MOST_DC_BITS) {
        throw ImageFileException.damaged("a Huffman table has an impossible symbol");
      }
    }
    return this;
  }

  /**
   * The next symbol.
   *
   * @throws ImageFileException if no code begins like the next bits
   */
  int decode(JpegBits bits) {
    var entry = entries[bits.peek(LONGEST)];
    if (entry == NONE) {
      throw ImageFileException.damaged("the JPEG data hold a code that is none");
    }
    bits.skip(entry >> 8);
    return entry & 0xff;
  }
}
