package org.openmargin.files.image;

import java.util.Arrays;
import java.util.Set;

/**
 * Reads the first frame of a GIF file (GIF89a specification; LZW as in its appendix F) to its last
 * pixel: decoders leave missing pixels black.
 */
final class GifFile {
  private static final int SCREEN = 13;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int MOST_CODES = 4096;

  /** A frame, an extension, the end. */
  private static final Set<Byte> BLOCKS = Set.of((byte) IMAGE, (byte) EXTENSION, (byte) 0x3b);

  private final byte[] file;
  private int position = SCREEN;

  private GifFile(byte[] file) {
    this.file = file;
  }

  /**
   * @throws ImageFileException if the first frame is damaged or cut off
   */
  static void mustBeWhole(byte[] file) {
    try {
      new GifFile(file).readFirstFrame();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new ImageFileException("damaged or cut off: the GIF file ends in its first frame", e);
    }
  }

  private void readFirstFrame() {
    skipPalette(file[10]);
    while (next() == EXTENSION) {
      position++;
      while (skipBlock()) {}
    }
    if (file[position - 1] != IMAGE) {
      throw ImageFileException.damaged("the GIF file has no frame");
    }
    var width = word(position + 4);
    var height = word(position + 6);
    ImageFileException.refuseHuge(width, height);
    var flags = file[position + 8];
    position += 9;
    skipPalette(flags);
    mustHold((long) width * height);
  }

  /** Counts the pixels that the codes stand for; their values do not matter. */
  private void mustHold(long pixels) {
    var size = next();
    var clear = 1 << size;
    if (size < 1 || size > 11 || pixels == 0) {
      throw ImageFileException.damaged("the GIF frame has an impossible header");
    }
    var lengths = new int[MOST_CODES];
    Arrays.fill(lengths, 0, clear, 1);
    var bits = new GifBits();
    var width = size + 1;
    var used = clear + 2;
    var previous = -1;
    for (var left = pixels; left > 0; ) {
      var code = bits.read(width);
      if (code == clear) {
        width = size + 1;
        used = clear + 2;
        previous = -1;
        continue;
      }
      if (code == clear + 1 || code > used || (previous < 0 && code > clear)) {
        throw ImageFileException.damaged("the GIF data end before the image does, or are wrong");
      }
      if (previous >= 0 && used < MOST_CODES) {
        lengths[used++] = lengths[previous] + 1;
      }
      left -= lengths[code];
      previous = code;
      if (used == 1 << width && width < 12) {
        width++;
      }
    }
    bits.mustBeFollowedByABlock();
  }

  private void skipPalette(int flags) {
    position += (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private boolean skipBlock() {
    var length = next();
    position += length;
    return length > 0;
  }

  private int next() {
    return file[position++] & 0xff;
  }

  private int word(int at) {
    return (file[at] & 0xff) | ((file[at + 1] & 0xff) << 8);
  }

  /**
   * Whether another block follows, or the end, or nothing: a file that was not written has zeros.
   */
  private void mustBeABlock() {
    var at = position;
    while (at < file.length && file[at] == 0) {
      at++;
    }
    if (at < file.length ? !BLOCKS.contains(file[at]) : at > position) {
      throw ImageFileException.damaged("no block of the GIF file follows its first frame");
    }
  }

  /** Codes from low bits to high ones, in blocks that state their lengths. */
  private final class GifBits {
    private int bits;
    private int count;
    private int block;

    void mustBeFollowedByABlock() {
      position += block;
      while (position < file.length && skipBlock()) {}
      mustBeABlock();
    }

    int read(int length) {
      while (count < length) {
        if (block == 0) {
          block = next();
          if (block == 0) {
            throw ImageFileException.damaged("the GIF data end before the image does");
          }
        }
        bits |= next() << count;
        count += 8;
        block--;
      }
      var code = bits & ((1 << length) - 1);
      bits >>>= length;
      count -= length;
      return code;
    }
  }
}
