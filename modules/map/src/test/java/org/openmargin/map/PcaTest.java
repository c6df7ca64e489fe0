package org.openmargin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.numeric.Vectors;

class PcaTest {
  /** Of {@code numpy.linalg.eigh(numpy.cov(X.T))}, signs turned so that the largest is positive. */
  private static final double[][] NUMPY = {
    {
      -0.010023748121807972,
      0.22316711805123512,
      -0.3391335887381364,
      -0.38740894173216966,
      0.5692861034056347,
      0.6007595319419232
    },
    {
      0.2157555338235498,
      0.15498729300019098,
      0.2830049151990225,
      0.4963239670180439,
      -0.30445929052450765,
      0.7143554904828312
    }
  };

  @Test
  void componentsAndVariancesAreThoseOfNumpy() {
    var pca = Pca.fit(Waves.of(40, 6), 2);
    for (var c = 0; c < 2; c++) {
      assertThat(pca.components()[c]).containsExactly(NUMPY[c], within(1e-9));
    }
    assertThat(pca.variances())
        .containsExactly(new double[] {35.72784385223917, 10.790876534926701}, within(1e-10));
    assertThat(pca.totalVariance()).isCloseTo(47.63480623021782, within(1e-10));
    assertThat(pca.explained(0)).isCloseTo(35.72784385223917 / 47.63480623021782, within(1e-12));
  }

  @Test
  void projectionsAreThoseOfNumpy() {
    var rows = Waves.of(40, 6);
    var pca = Pca.fit(rows, 2);
    assertThat(pca.project(rows[0]))
        .containsExactly(new double[] {8.765976753284475, -0.4458500711119308}, within(1e-9));
    assertThat(pca.project(rows[39]))
        .containsExactly(new double[] {-6.192462569903385, 3.782240663392931}, within(1e-9));
  }

  @Test
  void projectedPointsHaveTheVariancesAndNoCorrelation() {
    var random = new Random(3);
    var rows = new double[60][300];
    for (var row : rows) {
      Arrays.setAll(row, k -> random.nextGaussian() / (1 + k));
    }
    var pca = Pca.fit(rows, 2);
    var projected = Arrays.stream(rows).map(pca::project).toArray(double[][]::new);
    assertThat(covariance(projected, 0, 0)).isCloseTo(pca.variances()[0], within(1e-9));
    assertThat(covariance(projected, 1, 1)).isCloseTo(pca.variances()[1], within(1e-9));
    assertThat(covariance(projected, 0, 1)).isCloseTo(0, within(1e-9));
    assertThat(pca.variances()[0]).isGreaterThan(pca.variances()[1]);
  }

  private static double covariance(double[][] rows, int a, int b) {
    var mean = Means.of(rows);
    return Arrays.stream(rows).mapToDouble(r -> (r[a] - mean[a]) * (r[b] - mean[b])).sum()
        / (rows.length - 1);
  }

  @Test
  void equalVariancesGiveOrthogonalUnitComponents() {
    var rows = new double[][] {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    var pca = Pca.fit(rows, 2);
    assertThat(pca.variances()).containsExactly(new double[] {0.4, 0.4}, within(1e-12));
    assertThat(Vectors.dot(pca.components()[0], pca.components()[1])).isCloseTo(0, within(1e-12));
    assertThat(Metric.length(pca.components()[0])).isCloseTo(1, within(1e-12));
  }

  @Test
  void pointsOnALineHaveOneComponent() {
    var pca = Pca.fit(new double[][] {{0, 0, 1}, {3, 4, 1}, {6, 8, 1}}, 2);
    assertThat(pca.components()[0]).containsExactly(new double[] {0.6, 0.8, 0}, within(1e-12));
    assertThat(pca.explained(0)).isCloseTo(1, within(1e-12));
    assertThat(pca.explained(1)).isCloseTo(0, within(1e-12));
    assertThat(pca.project(new double[] {6, 8, 1})[1]).isCloseTo(0, within(1e-9));
  }

  @Test
  void pointsAtOnePlaceHaveNoVariance() {
    var pca = Pca.fit(new double[][] {{2, 5}, {2, 5}, {2, 5}}, 2);
    assertThat(pca.variances()).containsExactly(0, 0);
    assertThat(pca.explained(0)).isZero();
    assertThat(pca.project(new double[] {2, 5})).containsExactly(0, 0);
  }

  @Test
  void oneRowOrTooManyComponentsAreRefused() {
    assertThatThrownBy(() -> Pca.fit(new double[1][4], 2)).hasMessageContaining("at least 2 rows");
    assertThatThrownBy(() -> Pca.fit(new double[5][1], 2)).hasMessageContaining("1 to d");
  }
}
