package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class InitializerTest {

  @Test
  void constantFillsAnyShape() {
    assertThat(first(Initializer.constant(2.5f), Shape.of(2, 2)))
        .containsExactly(2.5, 2.5, 2.5, 2.5);
    assertThat(first(Initializer.constant(16), Shape.scalar())).containsExactly(16);
  }

  @Test
  void uniformFillsItsInterval() {
    var values = first(Initializer.uniform(0.5), Shape.of(20_000));
    assertThat(Arrays.stream(values)).allMatch(v -> v >= -0.5 && v < 0.5);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(0.499);
    assertThat(Arrays.stream(values).min().orElseThrow()).isLessThan(-0.499);
    assertThat(mean(values)).isCloseTo(0, within(0.01));
    assertThat(deviation(values)).isCloseTo(0.5 / Math.sqrt(3), within(0.01));
  }

  @Test
  void normalHasItsDeviation() {
    var values = first(Initializer.normal(0.2), Shape.of(20_000));
    assertThat(mean(values)).isCloseTo(0, within(0.01));
    assertThat(deviation(values)).isCloseTo(0.2, within(0.005));
  }

  @Test
  void heCountsTheOutputsOfAKernel() {
    var values = first(Initializer.he(), Shape.of(3, 5, 100, 20));
    assertThat(deviation(values)).isCloseTo(Math.sqrt(2.0 / (3 * 5 * 20)), within(0.002));
  }

  @Test
  void fanInUniformCountsTheInputsOfAKernel() {
    var values = first(Initializer.fanInUniform(), Shape.of(3, 5, 20, 100));
    var bound = 1 / Math.sqrt(3 * 5 * 20);
    assertThat(Arrays.stream(values)).allMatch(v -> v >= -bound && v < bound);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(0.999 * bound);
    assertThat(mean(values)).isCloseTo(0, within(0.001));
    var variance = deviation(values) * deviation(values);
    assertThat(variance * 3 * 3 * 5 * 20).isCloseTo(1, within(0.02));
  }

  private static double[] first(Initializer initializer, Shape shape) {
    try (var fixture = new GraphFixture()) {
      var seed = fixture.tf().constant(new long[] {1, 2});
      return fixture.value(initializer.value(fixture.tf(), shape, seed));
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    var mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
