package org.openmargin.scoring.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeibullTest {
  private static final double[] DISTANCES = {.3, 1.7, .9, 2.4, 3.1, 1.1, .2, 2.6};

  /** Numbers of {@code scorer_oracle.py}, by root finding and by minimising scipy's likelihood. */
  @Test
  void theFitIsTheLikeliestOne() {
    assertFit(Weibull.ofLargest(DISTANCES, 5), 3.4483519815178103, 2.32314737887446, 0.1);
    assertFit(Weibull.ofLargest(DISTANCES, 8), 2.5341516908486366, 2.6455169987138065, -0.8);
  }

  @Test
  void aTailLongerThanTheListIsTheList() {
    assertThat(Weibull.ofLargest(DISTANCES, 99)).isEqualTo(Weibull.ofLargest(DISTANCES, 8));
  }

  private static void assertFit(Weibull fit, double shape, double scale, double shift) {
    assertThat(fit.shape()).isCloseTo(shape, within(1e-10));
    assertThat(fit.scale()).isCloseTo(scale, within(1e-10));
    assertThat(fit.shift()).isCloseTo(shift, within(1e-15));
  }

  @Test
  void aTailWithoutSpreadIsAStep() {
    for (var same : new double[][] {{2}, {2, 2, 2}, {0, 0}}) {
      var step = Weibull.ofLargest(same, 20);
      assertThat(step.shape()).isCloseTo(Weibull.LARGEST_SHAPE, within(1e-6));
      assertThat(step.below(same[0] * 0.99 - 0.01)).isCloseTo(0, within(1e-10));
      assertThat(step.below(same[0] + 0.01)).isEqualTo(1);
    }
  }

  @Test
  void nothingLiesBelowTheShift() {
    var fit = new Weibull(2, 3, 10);
    assertThat(fit.below(9)).isZero();
    assertThat(fit.below(10)).isZero();
    assertThat(fit.below(13)).isCloseTo(1 - Math.exp(-1), within(1e-15));
    assertThat(fit.below(1e9)).isEqualTo(1);
  }
}
