package org.openmargin.exporter;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Encodes pixels as PNG, for models that take encoded images. */
public final class Png {
  private Png() {}

  /**
   * @param pixels [height, width, channels] row-major, uint8
   * @param channels 1 (grey) or 3 (RGB)
   * @return a PNG file
   */
  public static byte[] encode(byte[] pixels, int height, int width, int channels) {
    var type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(width, height, type);
    var raster = image.getRaster();
    for (var i = 0; i < pixels.length; i++) {
      var pixel = i / channels;
      raster.setSample(pixel % width, pixel / width, i % channels, pixels[i] & 0xff);
    }
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("an image could not be encoded as PNG", e);
    }
    return out.toByteArray();
  }
}
