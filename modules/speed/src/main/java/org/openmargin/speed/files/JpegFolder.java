package org.openmargin.speed.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitMix;

/**
 * A folder of many JPEG files in ten class folders, no two alike: smooth random colours with a tint
 * of the class and a little noise.
 */
public final class JpegFolder {
  private static final int SIDE = 128;
  private static final int CELLS = 16;
  private static final int CLASSES = 10;

  private JpegFolder() {}

  /** Arguments: {@code FOLDER COUNT}, or {@code change FILE}, which keeps size and time. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    if (args[0].equals("change")) {
      change(Path.of(args[1]));
      return;
    }
    var folder = Path.of(args[0]);
    for (var label = 0; label < CLASSES; label++) {
      Files.createDirectories(folder.resolve("class" + label));
    }
    var count = Integer.parseInt(args[1]);
    var bytes = IntStream.range(0, count).parallel().mapToLong(i -> write(folder, i)).sum();
    System.out.printf("%d JPEG files of %d px, %d MiB%n", count, SIDE, bytes >> 20);
  }

  private static long write(Path folder, int index) {
    var label = index % CLASSES;
    try {
      var file = encoded(pixels(label, index));
      Files.write(folder.resolve("class%d/%06d.jpg".formatted(label, index)), file);
      return file.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pixels(int label, int index) {
    var random = new SplitMix(index);
    var cells = new byte[CELLS * CELLS * 3];
    for (var i = 0; i < cells.length; i++) {
      var tint = i % 3 == label % 3 ? 10 * label : 0;
      cells[i] = (byte) Math.min(255, random.nextInt(160) + tint);
    }
    var large = new ImageGeometry(OptionalInt.empty(), SIDE, SIDE);
    var pixels = large.resize(CELLS, CELLS).apply(cells, 3);
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.min(255, (pixels[i] & 0xff) + random.nextInt(25));
    }
    return pixels;
  }

  private static byte[] encoded(byte[] pixels) throws IOException {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    var values = IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
    image.getRaster().setPixels(0, 0, SIDE, SIDE, values);
    var file = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", file);
    return file.toByteArray();
  }

  /** A byte of the quantisation table: another image, still a whole file. */
  private static void change(Path file) throws IOException {
    var time = Files.getLastModifiedTime(file);
    var bytes = Files.readAllBytes(file);
    for (var i = 0; i + 10 < bytes.length; i++) {
      if ((bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xff) == 0xdb) {
        bytes[i + 5] ^= 1;
        break;
      }
    }
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
