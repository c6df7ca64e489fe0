package org.openmargin.serving.gate.probe;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.gate.probe.Pictures.Sample;

/**
 * Files that are decoded in other ways than most, or just not any more: grey, 16 bits, transparent,
 * progressive, one row of pixels too many, and formats that are no model's.
 */
record RareFiles(Pictures pictures) {
  private static final int WIDEST = 0xffff;
  private static final int FRAME = 0xc0;

  List<Sample> samples() {
    var wide = Drawing.drawn(40, 73);
    var grey = grey(wide, BufferedImage.TYPE_BYTE_GRAY);
    var deep = grey(wide, BufferedImage.TYPE_USHORT_GRAY);
    var progressive = progressive(wide);
    return List.of(
        pictures.shown("a grey PNG file", Drawing.encoded(grey, "png"), colour(grey, x -> x)),
        pictures.shown(
            "a PNG file of 16 bits",
            Drawing.encoded(deep, "png"),
            colour(deep, pictures.levels()::level)),
        pictures.shown("a transparent PNG file", Drawing.encoded(transparent(wide), "png"), wide),
        pictures.shown("a progressive JPEG file", progressive, Drawing.decoded(progressive)),
        Pictures.nothing("a PNG file of too many pixels", large(Pictures.png()), Reason.TOO_LARGE),
        Pictures.nothing(
            "a JPEG file of too many pixels",
            largeJpeg(Drawing.encoded(wide, "jpeg")),
            Reason.TOO_LARGE),
        Pictures.nothing("a GIF file", Drawing.encoded(wide, "gif"), Reason.NOT_AN_IMAGE),
        Pictures.nothing("a BMP file", Drawing.encoded(wide, "bmp"), Reason.NOT_AN_IMAGE));
  }

  /** Green as brightness and, with 16 bits, red below it. */
  private static BufferedImage grey(BufferedImage image, int type) {
    var grey = new BufferedImage(image.getWidth(), image.getHeight(), type);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        var colour = new Color(image.getRGB(x, y));
        var deep = type == BufferedImage.TYPE_USHORT_GRAY;
        var sample = deep ? 256 * colour.getGreen() + colour.getRed() : colour.getGreen();
        grey.getRaster().setSample(x, y, 0, sample);
      }
    }
    return grey;
  }

  /** Its samples as levels, without Java's conversion of brightness. */
  private static BufferedImage colour(BufferedImage grey, IntUnaryOperator level) {
    var colour = new BufferedImage(grey.getWidth(), grey.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (var y = 0; y < grey.getHeight(); y++) {
      for (var x = 0; x < grey.getWidth(); x++) {
        var value = level.applyAsInt(grey.getRaster().getSample(x, y, 0));
        colour.setRGB(x, y, new Color(value, value, value).getRGB());
      }
    }
    return colour;
  }

  private static BufferedImage transparent(BufferedImage image) {
    var clear = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        clear.setRGB(x, y, (x % 256 << 24) | (image.getRGB(x, y) & 0xffffff));
      }
    }
    return clear;
  }

  private static byte[] progressive(BufferedImage image) {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** One row of one pixel more than is decoded. */
  private static byte[] large(byte[] png) {
    var changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, (int) ImageFileException.MAX_PIXELS + 1).putInt(20, 1);
    return changed;
  }

  /** The fewest rows of the widest image that are too many. */
  private static byte[] largeJpeg(byte[] jpeg) {
    var segments = ByteBuffer.wrap(jpeg.clone());
    var frame = 2;
    while ((segments.get(frame + 1) & 0xff) != FRAME) {
      frame += 2 + segments.getShort(frame + 2);
    }
    segments.putShort(frame + 5, (short) (ImageFileException.MAX_PIXELS / WIDEST + 1));
    segments.putShort(frame + 7, (short) WIDEST);
    return segments.array();
  }
}
