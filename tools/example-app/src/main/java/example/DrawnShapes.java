package example;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.files.Sha256;

/**
 * Grey images of discs, bars, chequers and rings. A source of yours would read files or a database
 * here.
 *
 * @param imagesPerKind in each of the three parts
 * @param seed other seeds, other images
 */
public record DrawnShapes(int imagesPerKind, long seed) implements DataSource {
  private static final int SIZE = 16;
  private static final List<String> KINDS = List.of("disc", "bar", "chequer", "ring");

  @Override
  public Dataset load() {
    var train = part("train", 1);
    var validation = part("validation", 2);
    var test = part("test", 3);
    // A run remembers the digest, and refuses to go on with other images.
    var digest = new Sha256();
    for (var part : List.of(train, validation, test)) {
      part.ids().forEach(digest::add);
      digest.add(pixels(part.images()));
    }
    return new Dataset("drawn shapes", KINDS, train, validation, test, digest.hex());
  }

  private LabeledImages part(String name, int number) {
    var random = new Random(31 * seed + number);
    var count = imagesPerKind * KINDS.size();
    var pixels = new byte[count * SIZE * SIZE];
    for (var i = 0; i < count; i++) {
      draw(i % KINDS.size(), random, pixels, i * SIZE * SIZE);
    }
    return new LabeledImages(
        Images.of(SIZE, SIZE, 1, pixels),
        IntStream.range(0, count).map(i -> i % KINDS.size()).toArray(),
        IntStream.range(0, count).mapToObj(i -> name + "/" + i).toList());
  }

  private static void draw(int kind, Random random, byte[] pixels, int offset) {
    var x = 6 + 4 * random.nextDouble();
    var y = 6 + 4 * random.nextDouble();
    var radius = 3 + 2.5 * random.nextDouble();
    var light = 110 + random.nextInt(120);
    for (var i = 0; i < SIZE * SIZE; i++) {
      var dx = i % SIZE - x;
      var dy = i / SIZE - y;
      var inside =
          switch (kind) {
            case 0 -> Math.hypot(dx, dy) < radius;
            case 1 -> Math.abs(dx) < radius / 3;
            case 2 -> ((int) (dx + SIZE) / 3 + (int) (dy + SIZE) / 3) % 2 == 0;
            default -> Math.abs(Math.hypot(dx, dy) - radius) < 1;
          };
      var value = (inside ? light : 40) + 10 * random.nextGaussian();
      pixels[offset + i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
  }

  private static byte[] pixels(Images images) {
    var size = images.bytesPerImage();
    var all = new byte[images.count() * size];
    for (var i = 0; i < images.count(); i++) {
      images.copyTo(i, all, i * size);
    }
    return all;
  }
}
