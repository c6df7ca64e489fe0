package org.openmargin.files.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Turns the first frame or page of a GIF, BMP or TIFF file into PNG, without loss, by the JDK's
 * decoders: training and serving then decode the same PNG file.
 */
final class PngConversion {
  private PngConversion() {}

  /**
   * @throws ImageFileException if the file is damaged, cut off, or of a kind that PNG cannot hold,
   *     such as floating-point numbers
   */
  static byte[] of(byte[] file, ImageFormat format) {
    if (format == ImageFormat.GIF) {
      GifFile.mustBeWhole(file);
    }
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      var reader = ImageIO.getImageReadersByFormatName(format.name()).next();
      try {
        return png(read(reader, in), format);
      } finally {
        reader.dispose();
      }
    } catch (ImageFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders throw many kinds of runtime exceptions for damaged files.
      throw new ImageFileException(
          "damaged or cut off: the %s file cannot be decoded: %s".formatted(format, e.getMessage()),
          e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    var warnings = new ArrayList<String>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true, true);
    ImageFileException.refuseHuge(reader.getWidth(0), reader.getHeight(0));
    var image = reader.read(0);
    if (!warnings.isEmpty()) {
      throw ImageFileException.damaged("%s", warnings.get(0));
    }
    return image;
  }

  private static byte[] png(BufferedImage image, ImageFormat format) throws IOException {
    var png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new NoImageException(
          "a %s image whose samples are neither 8 nor 16 bits, or CMYK; save it as PNG"
              .formatted(format));
    }
    return png.toByteArray();
  }
}
