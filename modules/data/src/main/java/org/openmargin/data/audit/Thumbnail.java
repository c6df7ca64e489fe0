package org.openmargin.data.audit;

import java.util.List;
import java.util.Optional;
import org.openmargin.data.Images;

/**
 * An image as 16 x 16 grey means without brightness and contrast: zero mean, largest magnitude 127.
 * Two of them are compared by their normalised correlation.
 */
final class Thumbnail {
  static final int SIDE = 16;

  /** Below this deviation of the means, in grey levels, there is nothing to compare but noise. */
  private static final double LEAST_CONTRAST = 1;

  private static final double SAME_WITHOUT_DETAIL = 0.999;

  /** Left out at each side; between two of them, the nearer is like enough. */
  private static final List<Double> MARGINS = List.of(0.01, 0.02, 0.03, 0.04, 0.05);

  private final byte[] values;
  private final double norm;

  private Thumbnail(byte[] values) {
    this.values = values;
    this.norm = Math.sqrt(dot(values, values));
  }

  /** Empty for an image without contrast. */
  static Optional<Thumbnail> of(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return of(Luminance.of(pixels, images.channels()), images.height(), images.width());
  }

  /**
   * @param grey [height, width] row-major
   */
  static Optional<Thumbnail> of(float[] grey, int height, int width) {
    return of(grey, new AreaMeans.Area(height, width, 0));
  }

  /** The same of its middle, as if its edges were cropped: a few parts, up to a tenth. */
  static List<Thumbnail> cropped(float[] grey, int height, int width) {
    return MARGINS.stream()
        .flatMap(margin -> of(grey, new AreaMeans.Area(height, width, margin)).stream())
        .toList();
  }

  private static Optional<Thumbnail> of(float[] grey, AreaMeans.Area area) {
    var means = AreaMeans.of(grey, area, SIDE, SIDE);
    var mean = 0.0;
    for (var value : means) {
      mean += value / means.length;
    }
    var squares = 0.0;
    var largest = 0.0;
    for (var value : means) {
      squares += (value - mean) * (value - mean) / means.length;
      largest = Math.max(largest, Math.abs(value - mean));
    }
    if (Math.sqrt(squares) < LEAST_CONTRAST) {
      return Optional.empty();
    }
    var values = new byte[means.length];
    for (var i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(127 * (means[i] - mean) / largest);
    }
    return Optional.of(new Thumbnail(values));
  }

  /** From -1 to 1, which is the same image at any brightness and contrast. */
  double correlation(Thumbnail other) {
    return dot(values, other.values) / (norm * other.norm);
  }

  /**
   * A difference hash (Krawetz, "Kind of like that", 2013): whether the grey value rises from each
   * cell to its right neighbour, on a grid of 8 rows and 9 columns.
   */
  long hash() {
    var grey = new float[values.length];
    for (var i = 0; i < grey.length; i++) {
      grey[i] = values[i];
    }
    var cells = AreaMeans.of(grey, SIDE, SIDE, 8, 9);
    var hash = 0L;
    for (var row = 0; row < 8; row++) {
      for (var column = 0; column < 8; column++) {
        var at = row * 9 + column;
        hash = (hash << 1) | (cells[at + 1] > cells[at] ? 1 : 0);
      }
    }
    return hash;
  }

  /**
   * Turned or mirrored.
   *
   * @param symmetry of the square, 0 (none) to 7: 1 mirrors columns, 2 rows, 4 exchanges both
   */
  Thumbnail turned(int symmetry) {
    var turned = new byte[values.length];
    for (var y = 0; y < SIDE; y++) {
      for (var x = 0; x < SIDE; x++) {
        var row = (symmetry & 2) == 0 ? y : SIDE - 1 - y;
        var column = (symmetry & 1) == 0 ? x : SIDE - 1 - x;
        turned[y * SIDE + x] =
            (symmetry & 4) == 0 ? values[row * SIDE + column] : values[column * SIDE + row];
      }
    }
    return new Thumbnail(turned);
  }

  /**
   * The same of what is finer than an 8 x 8 grid. Images of one kind, such as radiographs, are
   * alike as a whole and differ here. From -1 to 1; images without detail have 1 only if all else
   * agrees.
   */
  double detail(Thumbnail other) {
    var a = Detail.of(values);
    var b = Detail.of(other.values);
    return a.isPresent() && b.isPresent()
        ? a.get().correlation(b.get())
        : correlation(other) >= SAME_WITHOUT_DETAIL ? 1 : 0;
  }

  private static double dot(byte[] a, byte[] b) {
    var sum = 0;
    for (var i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
