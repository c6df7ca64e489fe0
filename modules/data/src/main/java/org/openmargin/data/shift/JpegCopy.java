package org.openmargin.data.shift;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.openmargin.data.ImageShape;
import org.openmargin.data.source.ImageFiles;

/** An image compressed as JPEG and decoded again. */
final class JpegCopy {
  private JpegCopy() {}

  /**
   * @param quality 0 to 1
   */
  static byte[] of(byte[] pixels, ImageShape shape, double quality) {
    var image = image(pixels, shape);
    try {
      var copy = ImageFiles.decoded(encoded(image, (float) quality));
      return pixels(copy, shape);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static BufferedImage image(byte[] pixels, ImageShape shape) {
    var type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(shape.width(), shape.height(), type);
    var values = new int[pixels.length];
    for (var i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    image.getRaster().setPixels(0, 0, shape.width(), shape.height(), values);
    return image;
  }

  private static byte[] pixels(BufferedImage image, ImageShape shape) {
    var values = image.getRaster().getPixels(0, 0, shape.width(), shape.height(), (int[]) null);
    var pixels = new byte[values.length];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return pixels;
  }

  private static byte[] encoded(BufferedImage image, float quality) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings(writer, quality));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriteParam settings(ImageWriter writer, float quality) {
    var settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(quality);
    return settings;
  }
}
