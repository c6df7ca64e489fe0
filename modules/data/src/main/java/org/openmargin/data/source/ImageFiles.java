package org.openmargin.data.source;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.MemoryPixels;
import org.openmargin.files.FileErrors;

/**
 * Decodes PNG and JPEG files.
 *
 * <p>Samples are taken as the file has them: no colour profile or gamma is applied, alpha is
 * dropped, 16-bit samples keep their upper byte, an EXIF orientation is ignored. Grey becomes RGB
 * by repeating the value; RGB becomes grey by ITU-R BT.601, {@code 0.299 R + 0.587 G + 0.114 B},
 * rounded.
 */
public final class ImageFiles {

  private static final long MAX_PIXELS = 100_000_000;

  private ImageFiles() {}

  /**
   * Decodes a file.
   *
   * @param file PNG or JPEG
   * @param channels 1 (grey) or 3 (RGB)
   * @return one image
   * @throws DataException when the file cannot be read or decoded completely
   */
  public static Images decode(Path file, int channels) {
    try {
      return decode(Files.readAllBytes(file), channels);
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Decodes bytes.
   *
   * @param encoded a PNG or JPEG file's bytes
   * @param channels 1 (grey) or 3 (RGB)
   * @return one image
   * @throws DataException when the bytes are no PNG or JPEG, are damaged or cut off, or make an
   *     image of more than 100 megapixels
   */
  public static Images decode(byte[] encoded, int channels) {
    BufferedImage image = read(encoded);
    ImageShape shape = new ImageShape(image.getHeight(), image.getWidth(), channels);
    byte[] pixels = new byte[shape.bytes()];
    for (int y = 0; y < shape.height(); y++) {
      copyRow(bands(image, y), channels, pixels, y * shape.width() * channels);
    }
    return Images.from(shape, 1, new MemoryPixels(shape, List.of(pixels)));
  }

  private static void copyRow(int[][] bands, int channels, byte[] pixels, int offset) {
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

  private static int grey(int[][] bands, int i) {
    if (bands[0] == bands[1]) {
      return bands[0][i];
    }
    return (299 * bands[0][i] + 587 * bands[1][i] + 114 * bands[2][i] + 500) / 1000;
  }

  private static BufferedImage read(byte[] encoded) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!isPngOrJpeg(encoded) || !readers.hasNext()) {
        throw new DataException("no PNG or JPEG image");
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, in);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders meet damaged files with runtime exceptions of many kinds.
      if (e instanceof DataException dataException) {
        throw dataException;
      }
      throw new DataException("damaged image: " + e.getMessage(), e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true, true);
    mustNotBeHuge(reader.getWidth(0), reader.getHeight(0));
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      // The JPEG decoder fills what is missing with grey and only warns.
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new DataException("damaged image: " + warning);
      }
    }
    return image;
  }

  /** Before the pixels are there: a small file can claim, and hold, any number of them. */
  private static void mustNotBeHuge(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new DataException(
          "image of %d x %d px: more than %d megapixels are not read; cut or shrink it first"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
  }

  private static boolean isPngOrJpeg(byte[] bytes) {
    boolean png = bytes.length > 3 && (bytes[0] & 0xff) == 0x89 && bytes[1] == 'P';
    boolean jpeg = bytes.length > 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8;
    return png || jpeg;
  }

  /** Red, green and blue of a row, each {@code [width]}; the same array three times for grey. */
  private static int[][] bands(BufferedImage image, int y) {
    ColorModel colors = image.getColorModel();
    int type = colors.getColorSpace().getType();
    int bits = colors.getComponentSize(0);
    boolean plain = !(colors instanceof IndexColorModel) && (bits == 8 || bits == 16);
    if (plain && type == ColorSpace.TYPE_GRAY) {
      int[] grey = samples(image.getRaster(), y, 0, bits - 8);
      return new int[][] {grey, grey, grey};
    }
    if (plain && type == ColorSpace.TYPE_RGB) {
      Raster raster = image.getRaster();
      int shift = bits - 8;
      return new int[][] {
        samples(raster, y, 0, shift), samples(raster, y, 1, shift), samples(raster, y, 2, shift)
      };
    }
    int[] packed = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    return new int[][] {channel(packed, 16), channel(packed, 8), channel(packed, 0)};
  }

  private static int[] samples(Raster raster, int y, int band, int shift) {
    int[] samples = raster.getSamples(0, y, raster.getWidth(), 1, band, (int[]) null);
    for (int i = 0; shift > 0 && i < samples.length; i++) {
      samples[i] >>= shift;
    }
    return samples;
  }

  private static int[] channel(int[] packed, int shift) {
    int[] values = new int[packed.length];
    for (int i = 0; i < packed.length; i++) {
      values[i] = packed[i] >> shift & 0xff;
    }
    return values;
  }
}
