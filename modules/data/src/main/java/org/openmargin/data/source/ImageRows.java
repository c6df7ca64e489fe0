package org.openmargin.data.source;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openmargin.files.image.LevelRule;

/** Reads the samples of a decoded image, row by row. */
final class ImageRows {
  private static final int SIXTEEN_BITS = 1 << 16;

  private final BufferedImage image;
  private final int[] levels;

  /**
   * @param rule for samples of 16 bits
   */
  ImageRows(BufferedImage image, LevelRule rule) {
    this.image = image;
    this.levels =
        sixteenBits(image)
            ? IntStream.range(0, SIXTEEN_BITS).map(rule::level).toArray()
            : new int[0];
  }

  /**
   * Copies one row into {@code pixels}, {@code [height, width, channels]} row-major.
   *
   * @param channels 1 (grey) or 3 (RGB)
   */
  void copy(int y, int channels, byte[] pixels) {
    var bands = bands(y);
    var offset = y * image.getWidth() * channels;
    for (int i = 0; i < bands[0].length; i++) {
      if (channels == 3) {
        for (int c = 0; c < 3; c++) {
          pixels[offset + i * 3 + c] = (byte) bands[c][i];
        }
      } else {
        pixels[offset + i] = (byte) grey(bands, i);
      }
    }
  }

  /** The largest sample of a 16-bit image; empty for others. */
  OptionalInt largest() {
    var raster = image.getRaster();
    if (!sixteenBits(image)) {
      return OptionalInt.empty();
    }
    var bands = Math.min(raster.getNumBands(), image.getColorModel().getNumColorComponents());
    var largest = 0;
    for (var y = 0; y < raster.getHeight(); y++) {
      for (var band = 0; band < bands; band++) {
        for (var sample : raster.getSamples(0, y, raster.getWidth(), 1, band, (int[]) null)) {
          largest = Math.max(largest, sample);
        }
      }
    }
    return OptionalInt.of(largest);
  }

  private static boolean sixteenBits(BufferedImage image) {
    return image.getColorModel().getComponentSize(0) == 16;
  }

  private static int grey(int[][] bands, int i) {
    if (bands[0] == bands[1]) {
      return bands[0][i];
    }
    return (299 * bands[0][i] + 587 * bands[1][i] + 114 * bands[2][i] + 500) / 1000;
  }

  /** Red, green and blue of a row, each {@code [width]}; the same array three times for grey. */
  private int[][] bands(int y) {
    var colors = image.getColorModel();
    int type = colors.getColorSpace().getType();
    int bits = colors.getComponentSize(0);
    boolean plain = !(colors instanceof IndexColorModel) && (bits == 8 || bits == 16);
    if (plain && type == ColorSpace.TYPE_GRAY) {
      var grey = samples(image.getRaster(), y, 0);
      return new int[][] {grey, grey, grey};
    }
    if (plain && type == ColorSpace.TYPE_RGB) {
      Raster raster = image.getRaster();
      return new int[][] {samples(raster, y, 0), samples(raster, y, 1), samples(raster, y, 2)};
    }
    var packed = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    return new int[][] {channel(packed, 16), channel(packed, 8), channel(packed, 0)};
  }

  private int[] samples(Raster raster, int y, int band) {
    var samples = raster.getSamples(0, y, raster.getWidth(), 1, band, (int[]) null);
    for (int i = 0; levels.length > 0 && i < samples.length; i++) {
      samples[i] = levels[samples[i]];
    }
    return samples;
  }

  private static int[] channel(int[] packed, int shift) {
    var values = new int[packed.length];
    for (int i = 0; i < packed.length; i++) {
      values[i] = packed[i] >> shift & 0xff;
    }
    return values;
  }
}
