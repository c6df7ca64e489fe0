package org.openmargin.speed;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.openmargin.data.Images;
import org.openmargin.data.synthetic.SyntheticCells;

/**
 * Images sent to a runner, the same in every process: drawn cells of the network's input size, so
 * that no time goes into resizing.
 *
 * @param input form of the images
 * @param sizePx height and width
 * @param contents one per image: pixels, or the content of a file
 */
public record Request(Input input, int sizePx, List<byte[]> contents) {
  /** Images in the largest request. */
  static final int MOST = 64;

  /** Form of the images. */
  public enum Input {
    /** uint8 [n, height, width, 3]. */
    PIXELS("serving_default", "images"),
    /** Files, alternately JPEG and PNG. */
    FILES("serving_bytes", "image_bytes");

    private final String signature;
    private final String tensor;

    Input(String signature, String tensor) {
      this.signature = signature;
      this.tensor = tensor;
    }

    String signature() {
      return signature;
    }

    String tensor() {
      return tensor;
    }
  }

  /** Draws the first images; {@code count} is at most {@link #MOST}. */
  static Request of(ServedNetwork network, Input input, int count) throws IOException {
    var images = images(network);
    var contents = new ArrayList<byte[]>();
    for (var i = 0; i < count; i++) {
      var pixels = new byte[images.bytesPerImage()];
      images.copyTo(i, pixels, 0);
      contents.add(
          input == Input.PIXELS
              ? pixels
              : encoded(pixels, network.sizePx(), i % 2 == 0 ? "jpg" : "png"));
    }
    return new Request(input, network.sizePx(), List.copyOf(contents));
  }

  /** {@link #MOST} images, eight of each class. */
  static Images images(ServedNetwork network) {
    var settings = new SyntheticCells.Settings(network.sizePx(), 8, 1, 1, 7);
    return new SyntheticCells(settings).load().train().images();
  }

  /** Writes each content to its own file: {@code 00}, {@code 01}, ... */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var i = 0; i < contents.size(); i++) {
      Files.write(folder.resolve("%02d".formatted(i)), contents.get(i));
    }
  }

  private static byte[] encoded(byte[] pixels, int sizePx, String format) throws IOException {
    var image = new BufferedImage(sizePx, sizePx, BufferedImage.TYPE_3BYTE_BGR);
    for (var i = 0; i < pixels.length; i++) {
      var pixel = i / 3;
      image.getRaster().setSample(pixel % sizePx, pixel / sizePx, i % 3, pixels[i] & 0xff);
    }
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("this Java cannot write " + format + " files");
    }
    return out.toByteArray();
  }
}
