package org.openmargin.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;

/** Images as files. */
final class DrawnImages {
  private DrawnImages() {}

  /** Writes each image as {@code folder/<id>.png}. */
  static void writePng(LabeledImages images, Path folder) throws IOException {
    for (var i = 0; i < images.count(); i++) {
      var file = folder.resolve(images.ids().get(i) + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, encoded(picture(images.images(), i), "png"));
    }
  }

  /** A picture of noise, so that a JPEG of it is not tiny. */
  static byte[] noise(int size, String format, long seed) {
    var random = new java.util.Random(seed);
    var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, size * size)
        .forEach(i -> picture.setRGB(i % size, i / size, random.nextInt()));
    return encoded(picture, format);
  }

  private static BufferedImage picture(Images images, int index) {
    var bytes = new byte[images.bytesPerImage()];
    images.copyTo(index, bytes, 0);
    var width = images.width();
    var picture = new BufferedImage(width, images.height(), BufferedImage.TYPE_INT_RGB);
    for (var i = 0; i < width * images.height(); i++) {
      var rgb =
          ((bytes[3 * i] & 0xff) << 16)
              | ((bytes[3 * i + 1] & 0xff) << 8)
              | (bytes[3 * i + 2] & 0xff);
      picture.setRGB(i % width, i / width, rgb);
    }
    return picture;
  }

  private static byte[] encoded(BufferedImage picture, String format) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
