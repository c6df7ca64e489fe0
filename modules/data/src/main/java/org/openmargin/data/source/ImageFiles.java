package org.openmargin.data.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.files.FileErrors;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.LevelRule;
import org.openmargin.files.image.Orientation;

/**
 * Decodes image files, and encodes PNG.
 *
 * <p>{@link EncodedImage} decides what is read: whole files only. Samples are used as stored: no
 * colour profile or gamma is applied, alpha is dropped, values of more than 8 bits become levels by
 * a {@link LevelRule}. Grey becomes RGB by repeating the value; RGB becomes grey by ITU-R BT.601,
 * {@code 0.299 R + 0.587 G + 0.114 B}, rounded. The image is turned as its Exif segment or
 * orientation tag says; see {@link Orientation}. An exported model does the same.
 */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * Decodes an image file.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @throws DataException if the file cannot be read or decoded completely
   */
  public static Images decode(Path file, int channels, LevelRule rule) {
    try {
      return read(WholeFile.read(file), channels, rule).pixels();
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  /** Decodes an image file by {@link LevelRule#DEFAULT}. */
  public static Images decode(Path file, int channels) {
    return decode(file, channels, LevelRule.DEFAULT);
  }

  /** Decodes the bytes of an image file by {@link LevelRule#DEFAULT}; see {@link #read}. */
  public static Images decode(byte[] encoded, int channels) {
    return read(encoded, channels, LevelRule.DEFAULT).pixels();
  }

  /**
   * Decodes the bytes of an image file.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @param rule for values of more than 8 bits
   * @throws DataException if the bytes are no image of a format that is read, are damaged or
   *     truncated, or the image has more than 100 megapixels
   */
  public static DecodedImage read(byte[] encoded, int channels, LevelRule rule) {
    try {
      var whole = EncodedImage.of(encoded, rule);
      var image = pixels(whole.file());
      var shape = new ImageShape(image.getHeight(), image.getWidth(), channels);
      var pixels = new byte[shape.bytes()];
      var rows = new ImageRows(image, rule);
      for (int y = 0; y < shape.height(); y++) {
        rows.copy(y, channels, pixels);
      }
      return new DecodedImage(
          Turn.of(whole.file()).apply(shape, pixels),
          DecodedImage.Traits.of(whole, rows.largest()));
    } catch (ImageFileException e) {
      throw new DataException(e.getMessage(), e);
    }
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

  private static BufferedImage pixels(byte[] encoded) {
    try {
      return decoded(encoded);
    } catch (IOException | RuntimeException e) {
      // Decoders throw many kinds of runtime exceptions for damaged files.
      var said = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new DataException("damaged or cut off: cannot be decoded" + said, e);
    }
  }

  /**
   * What the decoder of its format makes of an image file, without any check.
   *
   * @throws IOException if it is damaged; decoders throw many kinds of runtime exceptions, too
   */
  public static BufferedImage decoded(byte[] encoded) throws IOException {
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      var reader = ImageIO.getImageReaders(in).next();
      try {
        reader.setInput(in, true, true);
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }
}
