package org.openmargin.cli;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Image files of every kind that is read, each with a picture of its own. */
final class FormatSamples {
  static final int WIDTH = 22;
  static final int HEIGHT = 18;

  /** A format as one of its encoders writes it. */
  record Kind(String name, Encoder encoder) {
    byte[] file(long seed) {
      try {
        return encoder.file(seed);
      } catch (IOException e) {
        throw new AssertionError(name, e);
      }
    }

    String format() {
      return name.split("-", 2)[0];
    }

    /**
     * Whether zeros may be pixels: each has its place in the file, or nothing checks the last ones.
     */
    boolean mayEndInZeros(String damage) {
      return List.of("bmp-rgb", "bmp-palette", "tiff-rgb", "tiff-rgb-packbits").contains(name)
          || name.startsWith("dicom")
          || (name.startsWith("webp") && damage.matches("zeros from 9[79] .*"));
    }
  }

  /** From a seed to a file. */
  interface Encoder {
    byte[] file(long seed) throws IOException;
  }

  private FormatSamples() {}

  static List<Kind> kinds() {
    var grey = plain(BufferedImage.TYPE_BYTE_GRAY);
    var grey16 = plain(BufferedImage.TYPE_USHORT_GRAY);
    var rgb = plain(BufferedImage.TYPE_INT_RGB);
    var bgr = plain(BufferedImage.TYPE_3BYTE_BGR);
    var argb = plain(BufferedImage.TYPE_INT_ARGB);
    Function<Long, BufferedImage> rgb16 = seed -> picture(of(false, false, true), seed);
    Function<Long, BufferedImage> greyAlpha = seed -> picture(of(true, true, false), seed);
    Function<Long, BufferedImage> palette = seed -> indexed(8, -1, seed);
    return List.of(
        new Kind("png-grey", written(grey, "png", "", false)),
        new Kind("png-rgb", written(rgb, "png", "", false)),
        new Kind("png-interlaced", written(rgb, "png", "", true)),
        new Kind("png-alpha", written(argb, "png", "", false)),
        new Kind("png-grey-alpha", written(greyAlpha, "png", "", false)),
        new Kind("png-palette", written(palette, "png", "", false)),
        new Kind("png-palette-2-bits", written(seed -> indexed(2, -1, seed), "png", "", false)),
        new Kind("png-transparent-colour", written(seed -> indexed(8, 3, seed), "png", "", false)),
        new Kind("png-grey-16", written(grey16, "png", "", false)),
        new Kind("png-rgb-16", written(rgb16, "png", "", false)),
        new Kind("jpeg-grey", written(grey, "jpeg", "JPEG", false)),
        new Kind("jpeg-rgb", written(rgb, "jpeg", "JPEG", false)),
        new Kind("jpeg-progressive", written(rgb, "jpeg", "JPEG", true)),
        new Kind("jpeg-full-colour", seed -> JpegVariants.fullColour(rgb.apply(seed))),
        new Kind("jpeg-numbered-from-0", seed -> JpegVariants.numberedFromZero(rgb.apply(seed))),
        new Kind("jpeg-stored-as-rgb", seed -> JpegVariants.storedAsRgb(rgb.apply(seed))),
        new Kind("jpeg-turned", seed -> JpegVariants.turned(rgb.apply(seed), 1 + seed % 8)),
        new Kind("gif", written(palette, "gif", "LZW", false)),
        new Kind("gif-interlaced", written(palette, "gif", "LZW", true)),
        new Kind("gif-transparent", written(seed -> indexed(8, 3, seed), "gif", "LZW", false)),
        new Kind("bmp-rgb", written(bgr, "bmp", "BI_RGB", false)),
        new Kind("bmp-palette", written(palette, "bmp", "BI_RGB", false)),
        new Kind("bmp-packed", written(palette, "bmp", "BI_RLE8", false)),
        new Kind("tiff-rgb", written(rgb, "tiff", "", false)),
        new Kind("tiff-grey-lzw", written(grey, "tiff", "LZW", false)),
        new Kind("tiff-rgb-lzw", written(rgb, "tiff", "LZW", false)),
        new Kind("tiff-rgb-deflate", written(rgb, "tiff", "ZLib", false)),
        new Kind("tiff-rgb-packbits", written(rgb, "tiff", "PackBits", false)),
        new Kind("tiff-jpeg", written(rgb, "tiff", "JPEG", false)),
        new Kind("tiff-palette", written(palette, "tiff", "LZW", false)),
        new Kind("tiff-grey-16", written(grey16, "tiff", "Deflate", false)),
        new Kind("webp-lossy", written(rgb, "webp", "Lossy", false)),
        new Kind("webp-lossless", written(rgb, "webp", "Lossless", false)),
        new Kind("dicom-grey", seed -> DicomFiles.grey(samples(grey16.apply(seed)), WIDTH)),
        new Kind("dicom-rgb", seed -> DicomFiles.rgb(samples(rgb.apply(seed)), WIDTH)));
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
  }

  private static Function<Long, BufferedImage> plain(int type) {
    return seed -> picture(new BufferedImage(WIDTH, HEIGHT, type), seed);
  }

  private static BufferedImage of(boolean grey, boolean alpha, boolean sixteenBits) {
    var space = ColorSpace.getInstance(grey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    var transparency = alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
    var type = sixteenBits ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    ColorModel model = new ComponentColorModel(space, alpha, false, transparency, type);
    var raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
    return new BufferedImage(model, raster, false, null);
  }

  private static BufferedImage indexed(int bits, int transparent, long seed) {
    var colours = new byte[3][1 << bits];
    var random = new Random(seed);
    Arrays.stream(colours).forEach(random::nextBytes);
    var count = 1 << bits;
    var model = new IndexColorModel(bits, count, colours[0], colours[1], colours[2], transparent);
    var type = bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
    return picture(new BufferedImage(WIDTH, HEIGHT, type, model), seed);
  }

  /** Waves and noise in each band. */
  private static BufferedImage picture(BufferedImage image, long seed) {
    var random = new Random(seed);
    var raster = image.getRaster();
    for (var band = 0; band < raster.getNumBands(); band++) {
      var most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
      var base = random.nextDouble();
      var across = random.nextDouble();
      var down = random.nextDouble();
      for (var y = 0; y < HEIGHT; y++) {
        for (var x = 0; x < WIDTH; x++) {
          var wave = 0.5 + 0.5 * Math.sin(across * x + down * y + 6 * base);
          var value = 0.4 * base + 0.4 * wave + 0.2 * random.nextDouble();
          raster.setSample(x, y, band, (int) (value * most));
        }
      }
    }
    return image;
  }

  private static Encoder written(
      Function<Long, BufferedImage> picture, String format, String compression, boolean passes) {
    return seed -> encoded(picture.apply(seed), format, compression, passes);
  }

  static byte[] encoded(BufferedImage image, String format, String compression, boolean passes)
      throws IOException {
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    var param = writer.getDefaultWriteParam();
    if (!compression.isEmpty()) {
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
    }
    if (param.canWriteProgressive()) {
      param.setProgressiveMode(
          passes ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    }
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** JPEG's metadata, with all components sampled alike. */
  static IIOMetadata fullColour(BufferedImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var specifier = ImageTypeSpecifier.createFromRenderedImage(image);
    var metadata = writer.getDefaultImageMetadata(specifier, writer.getDefaultWriteParam());
    var name = metadata.getNativeMetadataFormatName();
    var tree = (IIOMetadataNode) metadata.getAsTree(name);
    var components = tree.getElementsByTagName("componentSpec");
    for (var i = 0; i < components.getLength(); i++) {
      var component = (IIOMetadataNode) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(name, tree);
    writer.dispose();
    return metadata;
  }
}
