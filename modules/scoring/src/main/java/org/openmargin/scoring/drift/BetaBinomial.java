package org.openmargin.scoring.drift;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * The number of m new images that a threshold rejects whose own rate is known from a calibration
 * only: Beta(a, b) distributed, see {@link org.openmargin.scoring.calibration.RealisedRate}.
 *
 * @param a above 0; n + 1 - k
 * @param b above 0; k
 */
record BetaBinomial(long m, double a, double b) {

  /** P(count or more). */
  double atLeast(long count) {
    var tail = 0.0;
    for (var r = count; r <= m; r++) {
      tail += Math.exp(logProbability(r));
    }
    return Math.min(1, tail);
  }

  /** P(count or fewer). */
  double atMost(long count) {
    var tail = 0.0;
    for (var r = 0L; r <= count; r++) {
      tail += Math.exp(logProbability(r));
    }
    return Math.min(1, tail);
  }

  private double logProbability(long r) {
    return -Math.log(m + 1.0)
        - LogBeta.value(r + 1.0, m - r + 1.0)
        + LogBeta.value(r + a, m - r + b)
        - LogBeta.value(a, b);
  }
}
