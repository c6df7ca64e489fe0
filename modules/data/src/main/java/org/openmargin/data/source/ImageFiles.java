package org.openmargin.data.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
 * Decodes PNG and JPEG files, and encodes PNG.
 *
 * <p>Samples are used as stored in the file: no colour profile or gamma is applied, alpha is
 * dropped, 16-bit samples keep their upper byte, and EXIF orientation is ignored. Grey becomes RGB
 * by repeating the value; RGB becomes grey by ITU-R BT.601, {@code 0.299 R + 0.587 G + 0.114 B},
 * rounded.
 */
public final class ImageFiles {

  private static final long MAX_PIXELS = 100_000_000;

  private ImageFiles() {}

  /**
   * Decodes a PNG or JPEG file.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @throws DataException if the file cannot be read or decoded completely
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
   * Decodes the bytes of a PNG or JPEG file.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @throws DataException if the bytes are not a PNG or JPEG image, are damaged or truncated, or
   *     the image has more than 100 megapixels
   */
  public static Images decode(byte[] encoded, int channels) {
    var image = read(encoded);
    var shape = new ImageShape(image.getHeight(), image.getWidth(), channels);
    var pixels = new byte[shape.bytes()];
    for (int y = 0; y < shape.height(); y++) {
      ImageRows.copy(image, y, channels, pixels);
    }
    return Images.from(shape, 1, new MemoryPixels(shape, List.of(pixels)));
  }

  /** One image as a PNG file, without loss. */
  public static byte[] png(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    var grey = images.channels() == 1;
    var type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(images.width(), images.height(), type);
    var values = IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
    image.getRaster().setPixels(0, 0, images.width(), images.height(), values);
    var file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return file.toByteArray();
  }

  private static BufferedImage read(byte[] encoded) {
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      var readers = ImageIO.getImageReaders(in);
      if (!isPngOrJpeg(encoded) || !readers.hasNext()) {
        throw new DataException("not a PNG or JPEG image");
      }
      var reader = readers.next();
      try {
        return read(reader, in);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders throw many kinds of runtime exceptions for damaged files.
      if (e instanceof DataException dataException) {
        throw dataException;
      }
      throw new DataException("damaged image: " + e.getMessage(), e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    var warnings = new ArrayList<String>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true, true);
    mustNotBeHuge(reader.getWidth(0), reader.getHeight(0));
    var image = reader.read(0);
    for (var warning : warnings) {
      // The JPEG decoder fills missing parts with grey and only warns.
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new DataException("damaged image: " + warning);
      }
    }
    return image;
  }

  /** Call before decoding: a small file can claim, and contain, any number of pixels. */
  private static void mustNotBeHuge(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new DataException(
          "image of %d x %d px: at most %d megapixels are supported; crop or shrink it first"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
  }

  private static boolean isPngOrJpeg(byte[] bytes) {
    boolean png = bytes.length > 3 && (bytes[0] & 0xff) == 0x89 && bytes[1] == 'P';
    boolean jpeg = bytes.length > 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8;
    return png || jpeg;
  }
}
