package org.openmargin.serving.gate;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.openmargin.serving.Reason;

/**
 * Files that reach every path of decoding, drawn here.
 *
 * @param channels of the model's images
 */
record Pictures(int channels) {

  /**
   * @param what in words
   * @param expected what a model must say about the file
   * @param pixels what the file shows, [height, width, channels]; empty if nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Sample(String what, byte[] file, Reason expected, byte[] pixels, int height, int width) {}

  List<Sample> samples() {
    var wide = drawn(40, 73);
    var png = encoded(wide, "png");
    var jpeg = encoded(wide, "jpeg");
    var samples = new ArrayList<Sample>();
    samples.add(shown("a PNG file", png, wide));
    samples.add(shown("a JPEG file", jpeg, decoded(jpeg)));
    samples.add(shown("a high PNG file", encoded(drawn(90, 31), "png"), drawn(90, 31)));
    samples.add(shown("a large PNG file", encoded(drawn(301, 302), "png"), drawn(301, 302)));
    samples.add(shown("a PNG file of one pixel", encoded(drawn(1, 1), "png"), drawn(1, 1)));
    for (var orientation = 2; orientation <= 8; orientation++) {
      var turned = withOrientation(jpeg, orientation);
      samples.add(
          shown(
              "a JPEG file with orientation " + orientation,
              turned,
              turned(decoded(jpeg), orientation)));
    }
    samples.add(nothing("a text", "a text".getBytes(StandardCharsets.UTF_8), Reason.NOT_AN_IMAGE));
    samples.add(nothing("no bytes", new byte[0], Reason.NOT_AN_IMAGE));
    samples.add(nothing("half a PNG file", half(png), Reason.TRUNCATED));
    samples.add(nothing("half a JPEG file", half(jpeg), Reason.TRUNCATED));
    samples.add(nothing("half a JPEG file with an end", ended(half(jpeg)), Reason.TRUNCATED));
    samples.add(nothing("a huge PNG file", huge(png), Reason.TOO_LARGE));
    return samples;
  }

  private static Sample nothing(String what, byte[] file, Reason reason) {
    return new Sample(what, file, reason, new byte[0], 0, 0);
  }

  private Sample shown(String what, byte[] file, BufferedImage image) {
    var pixels = ByteBuffer.allocate(image.getHeight() * image.getWidth() * channels);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        var colour = new Color(image.getRGB(x, y));
        if (channels == 1) {
          var sum = 299 * colour.getRed() + 587 * colour.getGreen() + 114 * colour.getBlue();
          pixels.put((byte) ((sum + 500) / 1000));
        } else {
          pixels.put((byte) colour.getRed());
          pixels.put((byte) colour.getGreen());
          pixels.put((byte) colour.getBlue());
        }
      }
    }
    return new Sample(
        what, file, Reason.OK, pixels.array(), image.getHeight(), image.getWidth());
  }

  private static BufferedImage drawn(int height, int width) {
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

  private static byte[] encoded(BufferedImage image, String format) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static BufferedImage decoded(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment of Exif with nothing but the orientation, first of all. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) {
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
  private static BufferedImage turned(BufferedImage stored, int orientation) {
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
            x, y, stored.getRGB(mirrored ? w - 1 - column : column, upsideDown ? h - 1 - row : row));
      }
    }
    return upright;
  }

  private static byte[] half(byte[] file) {
    return Arrays.copyOf(file, file.length * 2 / 3);
  }

  private static byte[] ended(byte[] jpeg) {
    var joined = Arrays.copyOf(jpeg, jpeg.length + 2);
    joined[jpeg.length] = (byte) 0xff;
    joined[jpeg.length + 1] = (byte) 0xd9;
    return joined;
  }

  private static byte[] huge(byte[] png) {
    var changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, 20_000).putInt(20, 20_000);
    return changed;
  }
}
