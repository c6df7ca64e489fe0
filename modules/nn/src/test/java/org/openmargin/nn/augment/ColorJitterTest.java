package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.augment.Augmentation.ColorJitter;

/**
 * 64 images of two rows, two columns, two channels; no value comes near 0 or 255 unless meant to.
 */
class ColorJitterTest {
  private static final Offset<Double> CLOSE = within(1e-3);
  private static final int IMAGES = 64;
  private static final int SIZE = 8;

  @Test
  void brightnessAddsOneNumberToAnImage() {
    var before = pixels(100, 150);
    var after = recolored(new ColorJitter(0.2, 0), before);
    var shifts = new double[IMAGES];
    for (var i = 0; i < IMAGES; i++) {
      shifts[i] = after[i * SIZE] - before[i * SIZE];
      for (var k = 0; k < SIZE; k++) {
        assertThat(after[i * SIZE + k]).isCloseTo(before[i * SIZE + k] + shifts[i], CLOSE);
      }
    }
    assertSpread(shifts, 0, 0.2 * 255);
  }

  @Test
  void contrastStretchesAnImageAroundItsMean() {
    var before = pixels(80, 170);
    var after = recolored(new ColorJitter(0, 0.5), before);
    var factors = new double[IMAGES];
    for (var i = 0; i < IMAGES; i++) {
      var mean = Arrays.stream(before, i * SIZE, (i + 1) * SIZE).average().orElseThrow();
      factors[i] = slope(before, after, i);
      for (var k = i * SIZE; k < (i + 1) * SIZE; k++) {
        assertThat(after[k]).isCloseTo(mean + factors[i] * (before[k] - mean), CLOSE);
      }
    }
    assertSpread(factors, 1, 0.5);
  }

  @Test
  void brightnessAndContrastAreDrawnIndependently() {
    var before = pixels(100, 150);
    var after = recolored(new ColorJitter(0.1, 0.4), before);
    var above = new int[4];
    for (var i = 0; i < IMAGES; i++) {
      var mean = Arrays.stream(before, i * SIZE, (i + 1) * SIZE).average().orElseThrow();
      var shift = Arrays.stream(after, i * SIZE, (i + 1) * SIZE).average().orElseThrow() - mean;
      var factor = slope(before, after, i);
      for (var k = i * SIZE; k < (i + 1) * SIZE; k++) {
        assertThat(after[k]).isCloseTo(mean + factor * (before[k] - mean) + shift, CLOSE);
      }
      above[(shift > 0 ? 1 : 0) + (factor > 1 ? 2 : 0)]++;
    }
    assertThat(Arrays.stream(above)).hasSize(4).allMatch(n -> n >= 6);
  }

  @Test
  void valuesStayBetween0And255() {
    var before = pixels(0, 255);
    var after = recolored(new ColorJitter(0.9, 0), before);
    for (var i = 0; i < IMAGES; i++) {
      var shifts = new TreeSet<Long>();
      for (var k = i * SIZE; k < (i + 1) * SIZE; k++) {
        assertThat(after[k]).isBetween(0.0, 255.0);
        if (after[k] > 0 && after[k] < 255) {
          shifts.add(Math.round((after[k] - before[k]) * 100));
        }
      }
      assertThat(shifts.isEmpty() || shifts.last() - shifts.first() <= 1).isTrue();
    }
    assertThat(after).contains(0).contains(255);
  }

  /** Inside centre plus or minus radius, and reaching most of it. */
  private static void assertSpread(double[] values, double centre, double radius) {
    assertThat(Arrays.stream(values)).allMatch(v -> Math.abs(v - centre) <= radius + 1e-3);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(centre + 0.8 * radius);
    assertThat(Arrays.stream(values).min().orElseThrow()).isLessThan(centre - 0.8 * radius);
    assertThat(Arrays.stream(values).average().orElseThrow())
        .isCloseTo(centre, within(0.3 * radius));
  }

  /** How much the distance between the least and the greatest value of an image has grown. */
  private static double slope(double[] before, double[] after, int image) {
    var least = image * SIZE;
    var greatest = image * SIZE;
    for (var k = image * SIZE; k < (image + 1) * SIZE; k++) {
      least = before[k] < before[least] ? k : least;
      greatest = before[k] > before[greatest] ? k : greatest;
    }
    return (after[greatest] - after[least]) / (before[greatest] - before[least]);
  }

  private static double[] pixels(double from, double to) {
    return Arrays.stream(GraphFixture.noise(3, IMAGES * SIZE))
        .map(v -> (float) (from + (v + 2) / 4 * (to - from)))
        .toArray();
  }

  private static double[] recolored(ColorJitter color, double[] pixels) {
    try (var fixture = new GraphFixture()) {
      var augmentation = new Augmentation(0, false, false, color);
      var x = fixture.tensor(pixels, IMAGES, 2, 2, 2);
      return fixture.values(5, List.of(augmentation.apply(fixture.training(), x))).get(0);
    }
  }
}
