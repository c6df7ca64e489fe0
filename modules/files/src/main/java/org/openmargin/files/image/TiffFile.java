package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the first page of a TIFF file has all its pixels (TIFF 6.0): each strip or tile must hold
 * as many bytes as it stands for. Decoders leave those that are missing black.
 */
final class TiffFile {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int JPEG_TABLES = 347;
  private static final int JPEG = 7;
  private static final int YCBCR = 6;
  private static final int MOST_VALUES = 1 << 22;

  private final byte[] file;
  private final ByteBuffer bytes;
  private final Map<Integer, long[]> tags = new HashMap<>();

  private TiffFile(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file);
    bytes.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /**
   * @throws ImageFileException if the first page is damaged or cut off
   */
  static void mustBeWhole(byte[] file) {
    try {
      var tiff = new TiffFile(file);
      tiff.directory();
      tiff.check();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ImageFileException("damaged or cut off: the TIFF file ends in its first page", e);
    }
  }

  private void directory() {
    var start = bytes.getInt(4);
    var entries = bytes.getShort(start) & 0xffff;
    for (var i = 0; i < entries; i++) {
      var at = start + 2 + 12 * i;
      var size = size(bytes.getShort(at + 2));
      var count = bytes.getInt(at + 4);
      if (size > 0 && count > 0 && count <= MOST_VALUES) {
        var from = (long) count * size <= 4 ? at + 8 : bytes.getInt(at + 8);
        tags.put(bytes.getShort(at) & 0xffff, values(from, size, count));
      }
    }
  }

  /** Of unsigned numbers; 0 for other types. */
  private static int size(int type) {
    return switch (type) {
      case 1, 7 -> 1;
      case 3 -> 2;
      case 4 -> 4;
      default -> 0;
    };
  }

  private long[] values(int from, int size, int count) {
    var values = new long[count];
    for (var i = 0; i < count; i++) {
      var at = from + i * size;
      values[i] =
          switch (size) {
            case 1 -> bytes.get(at) & 0xff;
            case 2 -> bytes.getShort(at) & 0xffff;
            default -> bytes.getInt(at) & 0xffffffffL;
          };
    }
    return values;
  }

  private int value(int tag, int usual) {
    return tags.containsKey(tag) ? (int) Math.min(Integer.MAX_VALUE, tags.get(tag)[0]) : usual;
  }

  private void check() {
    var width = value(WIDTH, 0);
    var height = value(HEIGHT, 0);
    ImageFileException.refuseHuge(width, height);
    var tiled = tags.containsKey(TILE_OFFSETS);
    var offsets = tags.get(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    var lengths = tags.get(tiled ? TILE_BYTES : STRIP_BYTES);
    var across = tiled ? value(TILE_WIDTH, 0) : width;
    var down = tiled ? value(TILE_HEIGHT, 0) : Math.min(height, value(ROWS_PER_STRIP, height));
    if (offsets == null || width < 1 || height < 1 || across < 1 || down < 1) {
      throw ImageFileException.damaged("the TIFF file has no image");
    }
    var planar = value(PLANAR, 1) == 2;
    var samples = value(SAMPLES, 1);
    var perPlane = JpegFrame.ceil(width, across) * JpegFrame.ceil(height, down);
    var pieces = perPlane * (planar ? samples : 1);
    if (offsets.length < pieces || (lengths != null && lengths.length < pieces)) {
      throw ImageFileException.damaged("the TIFF file lacks strips of its image");
    }
    var bits = tags.getOrDefault(BITS, new long[] {1});
    var ofPixel =
        planar ? bits[0] : bits.length == samples ? Arrays.stream(bits).sum() : bits[0] * samples;
    var row = (across * ofPixel + 7) / 8;
    for (var i = 0; i < pieces; i++) {
      var rows = tiled ? down : Math.min(down, height - i % perPlane * down);
      var from = Math.toIntExact(offsets[i]);
      var length = lengths == null ? file.length - from : Math.toIntExact(lengths[i]);
      if (from > file.length || length > file.length - from) {
        throw ImageFileException.damaged("the TIFF file ends before its image does");
      }
      piece(Arrays.copyOfRange(file, from, from + length), row * rows);
    }
  }

  private void piece(byte[] data, long expected) {
    var compression = value(COMPRESSION, 1);
    if (compression == JPEG) {
      new TiffData(data).mustBeJpeg(tags.getOrDefault(JPEG_TABLES, new long[0]));
    } else if (value(PHOTOMETRIC, 1) != YCBCR && value(FILL_ORDER, 1) == 1) {
      new TiffData(data).mustHold(compression, expected);
    }
  }
}
