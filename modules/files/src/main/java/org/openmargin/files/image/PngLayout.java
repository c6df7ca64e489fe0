package org.openmargin.files.image;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openmargin.files.image.EncodedImage.Samples;

/**
 * How the pixels of a PNG file lie in its compressed data (PNG specification, sections 7 and 8).
 *
 * @param bits per sample
 * @param color type of colour
 * @param interlaced whether the pixels come in seven passes
 */
record PngLayout(int width, int height, int bits, int color, boolean interlaced) {
  static final int PALETTE = 3;
  private static final int ALPHA = 4;
  private static final int MOST_FILTER = 4;
  private static final Map<Integer, Integer> CHANNELS = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);
  private static final Map<Integer, Set<Integer>> BITS =
      Map.of(
          0, Set.of(1, 2, 4, 8, 16),
          2, Set.of(8, 16),
          3, Set.of(1, 2, 4, 8),
          4, Set.of(8, 16),
          6, Set.of(8, 16));

  /** First column and row, then steps, of the passes of an interlaced image. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /**
   * @param header content of IHDR; empty if there was none
   */
  static PngLayout of(byte[] header) {
    if (header.length == 0) {
      throw ImageFileException.damaged("the PNG file has no header");
    }
    var values = ByteBuffer.wrap(header);
    var layout =
        new PngLayout(
            values.getInt(), values.getInt(), values.get(), values.get(), header[12] == 1);
    if (layout.width < 1
        || layout.height < 1
        || !BITS.getOrDefault(layout.color, Set.of()).contains(layout.bits)
        || header[10] != 0
        || header[11] != 0
        || header[12] > 1) {
      throw ImageFileException.damaged("the PNG header describes no image");
    }
    ImageFileException.refuseHuge(layout.width, layout.height);
    return layout;
  }

  Samples samples(boolean transparency) {
    var grey = (color & ~ALPHA) == 0;
    if (bits == 16) {
      return grey ? Samples.GREY_16 : Samples.COLOUR_16;
    }
    if (transparency || (color & ALPHA) != 0) {
      return Samples.ALPHA;
    }
    return grey ? Samples.GREY : Samples.COLOUR;
  }

  /**
   * @param data the compressed pixels, in pieces
   * @throws ImageFileException if they are fewer than the header promises, or wrong
   */
  void mustBeComplete(List<byte[]> data) {
    var inflater = new Inflater();
    try {
      var pieces = new PngPixels(inflater, data);
      for (var pass : interlaced ? PASSES : new int[][] {{0, 0, 1, 1}}) {
        var columns = Math.max(0, JpegFrame.ceil(width - pass[0], pass[2]));
        var rows = columns == 0 ? 0 : Math.max(0, JpegFrame.ceil(height - pass[1], pass[3]));
        var bytes = (int) (((long) columns * CHANNELS.get(color) * bits + 7) / 8);
        for (var row = 0; row < rows; row++) {
          if (pieces.row(bytes) > MOST_FILTER) {
            throw ImageFileException.damaged("a row of the PNG file has no known filter");
          }
        }
      }
      pieces.mustEnd();
    } catch (DataFormatException e) {
      throw new ImageFileException(
          "damaged or cut off: the compressed PNG data are wrong: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
