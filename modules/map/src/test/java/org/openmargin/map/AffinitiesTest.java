package org.openmargin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinitiesTest {
  private static double entropy(double[] p) {
    return -Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum();
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 5.5, 13})
  void everyPointHasTheWantedPerplexity(double perplexity) {
    for (var row : Affinities.conditional(Waves.of(40, 6), perplexity)) {
      assertThat(entropy(row)).isCloseTo(Math.log(perplexity), within(1e-7));
      assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 1e-6, 1e6, 1e30})
  void unitOfLengthChangesNothing(double unit) {
    var near = Affinities.conditional(Waves.of(30, 6), 5);
    var rows = Waves.of(30, 6);
    Arrays.stream(rows).forEach(row -> Arrays.setAll(row, k -> row[k] * unit));
    var scaled = Affinities.conditional(rows, 5);
    for (var i = 0; i < near.length; i++) {
      assertThat(scaled[i]).containsExactly(near[i], within(1e-6));
    }
  }

  @Test
  void jointAffinitiesAreThoseOfScikitLearn() {
    // sklearn.manifold._t_sne._joint_probabilities(pairwise_distances(X)**2, 5.0, 0); its
    // distances are float32 and its entropies true to 1e-5.
    var p = Affinities.joint(Waves.of(40, 6), 5);
    assertThat(p[0][1]).isCloseTo(0.0005998619846520587, Percentage.withPercentage(0.02));
    assertThat(p[0][9]).isCloseTo(0.009836374645253372, Percentage.withPercentage(0.02));
    assertThat(p[12][39]).isCloseTo(0.0029273879454995823, Percentage.withPercentage(0.02));
  }

  @Test
  void jointAffinitiesAreSymmetricAndSumToOne() {
    var p = Affinities.joint(Waves.of(25, 3), 4);
    var sum = 0.0;
    for (var i = 0; i < p.length; i++) {
      assertThat(p[i][i]).isZero();
      for (var j = 0; j < p.length; j++) {
        assertThat(p[i][j]).isEqualTo(p[j][i]);
        sum += p[i][j];
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void moreDuplicatesThanThePerplexityShareTheAffinity() {
    var rows = new double[20][3];
    for (var i = 12; i < 20; i++) {
      rows[i] = new double[] {i, 2 * i, 1};
    }
    var p = Affinities.conditional(rows, 4);
    for (var j = 1; j < 12; j++) {
      assertThat(p[0][j]).isCloseTo(1.0 / 11, within(1e-12));
    }
    assertThat(p[0][15]).isZero();
    assertThat(entropy(p[15])).isCloseTo(Math.log(4), within(1e-7));
  }

  @Test
  void pointsAtOnePlaceAreAllNeighbours() {
    var p = Affinities.conditional(new double[9][2], 2);
    assertThat(p[3][4]).isCloseTo(1.0 / 8, within(1e-15));
    assertThat(p[3][3]).isZero();
  }
}
