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
 * Turns the first frame or page of a GIF, BMP, TIFF or WebP file into PNG, without loss and
 * upright: training and serving then decode the same PNG file. WebP is decoded by {@link
 * WebpDecoder}, the others by the JDK.
 *
 * @param turned whether the file states that its pixels do not stand upright
 * @param alpha whether an alpha plane was left out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PngConversion(byte[] png, boolean turned, boolean alpha) {

  /**
   * @throws ImageFileException if the file is damaged, cut off, or of a kind that PNG cannot hold,
   *     such as floating-point numbers
   */
  static PngConversion of(byte[] file, ImageFormat format) {
    try {
      switch (format) {
        case GIF -> GifFile.mustBeWhole(file);
        case BMP -> BmpFile.mustBeWhole(file);
        case TIFF -> TiffFile.mustBeWhole(file);
        default -> {}
      }
      if (format == ImageFormat.WEBP) {
        var webp = WebpFile.of(file);
        var image = WebpDecoder.decode(webp);
        return of(image, webp.orientation(), webp.alpha(), format);
      }
      var orientation =
          format == ImageFormat.TIFF ? StatedOrientation.in(file) : StatedOrientation.UPRIGHT;
      return of(decoded(file, format), orientation, false, format);
    } catch (ImageFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders throw many kinds of runtime exceptions for damaged files.
      throw new ImageFileException(
          "damaged or cut off: the %s file cannot be decoded%s".formatted(format, said(e)), e);
    }
  }

  private static PngConversion of(
      BufferedImage image, StatedOrientation orientation, boolean alpha, ImageFormat format)
      throws IOException {
    return new PngConversion(png(orientation.apply(image), format), !orientation.upright(), alpha);
  }

  private static BufferedImage decoded(byte[] file, ImageFormat format) throws IOException {
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      var reader = ImageIO.getImageReadersByFormatName(format.name()).next();
      try {
        return read(reader, in);
      } finally {
        reader.dispose();
      }
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

  /** What a decoder said, if it said anything. */
  private static String said(Exception e) {
    return e.getMessage() == null ? "" : ": " + e.getMessage();
  }
}
