package org.openmargin.scoring.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ShrinkageTest {
  private static final double[][] ROWS = {
    {3, -0.5, 0.25},
    {-2.5, 1, -0.5},
    {1.5, -0.5, 0.5},
    {-4, 0.5, 0.25},
    {2, -0.5, -0.5},
    {3.5, -1, 0},
    {-3.5, 1, 0}
  };

  private static double share(Shrinkage shrinkage, double[][] rows) {
    return shrinkage.of(rows, Scatter.of(rows.length, rows[0].length, i -> rows[i]));
  }

  @Test
  void theSharesAreThoseOfScikitLearn() {
    // sklearn.covariance.ledoit_wolf(ROWS, assume_centered=True)[1], oas(...)[1], version 1.9
    assertThat(share(new Shrinkage.LedoitWolf(), ROWS))
        .isCloseTo(0.062020615616101206, within(1e-12));
    assertThat(share(new Shrinkage.Oas(), ROWS)).isCloseTo(0.39056509766226644, within(1e-12));
  }

  @Test
  void manyRowsOfAnyShapeNeedLittleShrinkageAndAlikeDirectionsAreShrunkWhole() {
    var random = new Random(3);
    var rows = new double[5000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {10 * random.nextGaussian(), random.nextGaussian()};
    }
    assertThat(share(new Shrinkage.LedoitWolf(), rows)).isBetween(0.0, 0.01);
    assertThat(share(new Shrinkage.Oas(), rows)).isBetween(0.0, 0.01);
    double[][] round = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    assertThat(share(new Shrinkage.LedoitWolf(), round)).isEqualTo(1);
    assertThat(share(new Shrinkage.Oas(), round)).isEqualTo(1);
  }

  @Test
  void theTraceIsKept() {
    var covariance = Scatter.of(ROWS.length, 3, i -> ROWS[i]);
    var shrunk = new Shrinkage.Fixed(0.25).apply(ROWS, covariance);
    double trace = CommonOps_DDRM.trace(covariance);
    assertThat(CommonOps_DDRM.trace(shrunk)).isCloseTo(trace, within(1e-12));
    assertThat(shrunk.get(0, 1)).isCloseTo(0.75 * covariance.get(0, 1), within(1e-12));
    assertThat(shrunk.get(2, 2))
        .isCloseTo(0.75 * covariance.get(2, 2) + 0.25 * trace / 3, within(1e-12));
  }

  @Test
  void aShareOutsideZeroToOneIsRefused() {
    assertThatThrownBy(() -> new Shrinkage.Fixed(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Shrinkage.Fixed(1.1)).hasMessageContaining("1.1");
  }
}
