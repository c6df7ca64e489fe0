package org.openmargin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;

class StainStatisticsTest {

  /** An image [h][w][c], and every formula once more in plain loops. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Plain(double[] values, int h, int w, int c) {
    double at(int y, int x, int channel) {
      return values[(y * w + x) * c + channel];
    }

    Plain map(java.util.function.DoubleUnaryOperator f) {
      return new Plain(Arrays.stream(values).map(f).toArray(), h, w, c);
    }

    double[] channel(int index, IntPredicate pixels) {
      return IntStream.range(0, h * w)
          .filter(pixels)
          .mapToDouble(i -> values[i * c + index])
          .toArray();
    }

    double radius(int pixel) {
      double unit = Math.min(h, w) / 28.0;
      int row = pixel / w;
      int column = pixel % w;
      return Math.hypot(row - (h - 1) / 2.0, column - (w - 1) / 2.0) / unit;
    }

    double rough(int channel, int d) {
      double down = 0;
      double across = 0;
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          down += y + d < h ? Math.abs(at(y + d, x, channel) - at(y, x, channel)) : 0;
          across += x + d < w ? Math.abs(at(y, x + d, channel) - at(y, x, channel)) : 0;
        }
      }
      return (down / ((h - d) * w) + across / (h * (w - d))) / 2;
    }

    Plain centre() {
      double unit = Math.min(h, w) / 28.0;
      int side = (int) (Math.round(22 * unit) - Math.round(6 * unit));
      var part = new double[side * side * c];
      for (int i = 0; i < part.length; i++) {
        int pixel = i / c;
        part[i] = at((h - side) / 2 + pixel / side, (w - side) / 2 + pixel % side, i % c);
      }
      return new Plain(part, side, side, c);
    }
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private static void rings(List<Double> found, Plain image, double... edges) {
    for (boolean ofMean : new boolean[] {true, false}) {
      for (int c = 0; c < image.c; c++) {
        for (int r = 0; r + 1 < edges.length; r++) {
          double from = edges[r];
          double to = edges[r + 1];
          var ring = image.channel(c, i -> image.radius(i) >= from && image.radius(i) < to);
          found.add(ofMean ? mean(ring) : deviation(ring));
        }
      }
    }
  }

  private static Plain densities(Plain o) {
    int count = o.c == 3 ? 4 : 1;
    var values = new double[o.h * o.w * count];
    for (int i = 0; i < o.h * o.w; i++) {
      var pixel = Arrays.copyOfRange(o.values, i * o.c, (i + 1) * o.c);
      values[i * count] = mean(pixel);
      if (count == 4) {
        values[i * 4 + 1] = pixel[0] - pixel[1];
        values[i * 4 + 2] = pixel[2] - pixel[1];
        values[i * 4 + 3] =
            Arrays.stream(pixel).max().orElseThrow() - Arrays.stream(pixel).min().orElseThrow();
      }
    }
    return new Plain(values, o.h, o.w, count);
  }

  private static void shape(List<Double> found, Plain density, double threshold) {
    int area = 0;
    double radii = 0;
    double outline = 0;
    for (int y = 0; y < density.h; y++) {
      for (int x = 0; x < density.w; x++) {
        boolean inside = density.at(y, x, 0) > threshold;
        area += inside ? 1 : 0;
        radii += inside ? density.radius(y * density.w + x) : 0;
        outline += y + 1 < density.h && inside != density.at(y + 1, x, 0) > threshold ? 1 : 0;
        outline += x + 1 < density.w && inside != density.at(y, x + 1, 0) > threshold ? 1 : 0;
      }
    }
    found.add(Math.sqrt((double) area / (density.h * density.w)));
    found.add(radii / Math.max(area, 1));
    found.add(outline / Math.sqrt(Math.max(area, 1)));
  }

  private static double[] expected(Plain pixels, int... distances) {
    var found = new ArrayList<Double>();
    var u = pixels.map(v -> v / 255);
    var o = pixels.map(v -> -Math.log((v + 1) / 256));
    IntStream.range(0, u.c).forEach(c -> found.add(mean(u.channel(c, i -> true))));
    IntStream.range(0, u.c).forEach(c -> found.add(deviation(u.channel(c, i -> true))));
    for (double q : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
      for (int c = 0; c < u.c; c++) {
        var sorted = u.channel(c, i -> true);
        Arrays.sort(sorted);
        found.add(sorted[(int) Math.round(q * (sorted.length - 1))]);
      }
    }
    rings(found, u, 0, 3, 6, 9, 12, 15, 21);
    IntStream.range(0, u.c).forEach(c -> found.add(u.rough(c, 1)));
    var density = densities(o);
    for (double threshold : new double[] {0.3, 0.5, 0.7, 0.9, 1.1, 1.4}) {
      shape(found, density, threshold);
    }
    for (var part : List.of(o, o.centre())) {
      for (int d : distances) {
        IntStream.range(0, o.c).forEach(c -> found.add(Math.log(1e-3 + part.rough(c, d))));
      }
    }
    rings(found, density, 0, 3, 6, 9, 12, 21);
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] actual(double[] pixels, int n, int h, int w, int c) {
    try (var fixture = new GraphFixture()) {
      var images = fixture.tensor(pixels, n, h, w, c);
      return fixture.value(new StainStatistics().of(fixture.inference(), images));
    }
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 3, 136, 3", "14, 14, 3, 130, 2", "30, 40, 1, 54, 3", "64, 64, 3, 142, 4"})
  void theNumbersAreThoseOfPlainLoops(int h, int w, int c, int size, int distances) {
    var random = new Random(h);
    var pixels = new double[2 * h * w * c];
    // Smooth enough to have outlines, and dark as well as light.
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / c % (h * w);
      int row = pixel / w;
      double wave = Math.sin(row / 3.0 + i % c) * Math.cos(pixel % w / 4.0);
      pixels[i] =
          Math.round(Math.max(0, Math.min(255, 100 + 90 * wave + 20 * random.nextGaussian())));
    }
    var found = actual(pixels, 2, h, w, c);
    assertThat(new StainStatistics().size(InputFormat.of(h, w, c))).isEqualTo(size);
    assertThat(found).hasSize(2 * size);
    var steps = IntStream.range(0, distances).map(i -> 1 << i).toArray();
    for (int image = 0; image < 2; image++) {
      var one = Arrays.copyOfRange(pixels, image * h * w * c, (image + 1) * h * w * c);
      var wanted = expected(new Plain(one, h, w, c), steps);
      for (int i = 0; i < size; i++) {
        assertThat(found[image * size + i])
            .as("number %d of image %d", i, image)
            .isCloseTo(wanted[i], within(2e-4 * (1 + Math.abs(wanted[i]))));
      }
    }
  }

  @Test
  void blackAndWhiteImagesHaveFiniteNumbers() {
    assertThat(actual(new double[28 * 28 * 3], 1, 28, 28, 3)).doesNotContain(Double.NaN);
    var white = new double[28 * 28 * 3];
    Arrays.fill(white, 255);
    assertThat(Arrays.stream(actual(white, 1, 28, 28, 3)).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  void tooSmallImagesAreRefused() {
    assertThatThrownBy(() -> new StainStatistics().size(InputFormat.of(40, 13, 3)))
        .hasMessage("stain statistics need images of at least 14 px; these have 40 x 13");
  }
}
