package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MutualCosineTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  @Test
  void isTheMeanOverAllPairsWhateverTheLengths() {
    var rows = noise(1, 5 * 7);
    var unit = Reference.normalize(rows, 7);
    var cosines = Reference.product(unit, unit, 7);
    var sum = 0.0;
    for (var i = 0; i < 5; i++) {
      for (var j = 0; j < i; j++) {
        sum += cosines[5 * i + j];
      }
    }
    assertThat(mean(rows, 5, 7)).isCloseTo(sum / 10, CLOSE);
  }

  @Test
  void equalDirectionsHaveOneOppositeOnesMinusOneRightAnglesZero() {
    assertThat(mean(new double[] {1, 2, 3, 2, 4, 6}, 2, 3)).isCloseTo(1, CLOSE);
    assertThat(mean(new double[] {1, 2, 3, -3, -6, -9}, 2, 3)).isCloseTo(-1, CLOSE);
    assertThat(mean(new double[] {5, 0, 0, 0, 1, 0, 0, 0, 2}, 3, 3)).isCloseTo(0, CLOSE);
  }

  private static double mean(double[] rows, int n, int d) {
    try (var fixture = new GraphFixture()) {
      return fixture.value(MutualCosine.mean(fixture.inference(), fixture.tensor(rows, n, d)))[0];
    }
  }
}
