package org.openmargin.serving.gate.probe;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** A smooth picture, its files, and how it looks when they are turned. */
final class Drawing {
  private Drawing() {}

  static BufferedImage drawn(int height, int width) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < width; x++) {
        var red = 255 * x / Math.max(1, width);
        var green = 255 * y / Math.max(1, height);
        image.setRGB(x, y, new Color(red, green, 255 - (red + green) / 2).getRGB());
      }
    }
    return image;
  }

  static byte[] encoded(BufferedImage image, String format) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static BufferedImage decoded(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment of Exif with nothing but the orientation, first of all. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    var segment =
        "\u00ff\u00e1\0\"Exif\0\0II*\0\b\0\0\0\1\0\u0012\1\3\0\1\0\0\0%c\0\0\0\0\0\0\0"
            .formatted((char) orientation)
            .getBytes(StandardCharsets.ISO_8859_1);
    var joined = Arrays.copyOf(jpeg, jpeg.length + segment.length);
    System.arraycopy(segment, 0, joined, 2, segment.length);
    System.arraycopy(jpeg, 2, joined, 2 + segment.length, jpeg.length - 2);
    return joined;
  }

  /** As CIPA DC-008 says of the tag. */
  static BufferedImage turned(BufferedImage stored, int orientation) {
    var w = stored.getWidth();
    var h = stored.getHeight();
    var exchanged = orientation >= 5;
    var upright =
        new BufferedImage(exchanged ? h : w, exchanged ? w : h, BufferedImage.TYPE_INT_RGB);
    for (var y = 0; y < upright.getHeight(); y++) {
      for (var x = 0; x < upright.getWidth(); x++) {
        var column = exchanged ? y : x;
        var row = exchanged ? x : y;
        var mirrored = List.of(2, 3, 7, 8).contains(orientation);
        var upsideDown = List.of(3, 4, 6, 7).contains(orientation);
        upright.setRGB(
            x,
            y,
            stored.getRGB(mirrored ? w - 1 - column : column, upsideDown ? h - 1 - row : row));
      }
    }
    return upright;
  }
}
