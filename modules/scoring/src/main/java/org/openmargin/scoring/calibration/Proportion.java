package org.openmargin.scoring.calibration;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A share that was observed, with its exact 95 % interval.
 *
 * @param count of {@code of}
 * @param of at least 1
 */
public record Proportion(long count, long of) {
  private static final double TAIL = 0.025;

  public Proportion {
    if (of < 1 || count < 0 || count > of) {
      throw new IllegalArgumentException("%d of %d is no share".formatted(count, of));
    }
  }

  public double share() {
    return (double) count / of;
  }

  /** The lower end: Clopper and Pearson, Biometrika 1934. */
  public double low() {
    return count == 0
        ? 0
        : BetaDistribution.of((double) count, of - count + 1.0).inverseCumulativeProbability(TAIL);
  }

  /** The upper end. */
  public double high() {
    return count == of
        ? 1
        : BetaDistribution.of(count + 1.0, (double) (of - count)).inverseSurvivalProbability(TAIL);
  }
}
