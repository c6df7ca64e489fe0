package org.openmargin.scoring.calibration;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The rate at which one calibration will reject known images in the long run. The bound of split
 * conformal calibration holds on the average over calibrations; with the k-th smallest of n
 * continuous scores as threshold, the rate of a single one is Beta(n + 1 - k, k) distributed (Vovk,
 * "Conditional Validity of Inductive Conformal Predictors", 2012; Angelopoulos and Bates, "A Gentle
 * Introduction to Conformal Prediction", 2021, section 3.2).
 *
 * @param low 5 % of calibrations have a lower rate
 * @param high 5 % have a higher one
 */
public record RealisedRate(double low, double high) {
  private static final double TAIL = 0.05;

  /** Of a threshold. */
  public static RealisedRate of(AcceptanceThreshold threshold) {
    var above = threshold.bound() * (threshold.validationImages() + 1);
    var rate = BetaDistribution.of(above, threshold.validationImages() + 1 - above);
    return new RealisedRate(
        rate.inverseCumulativeProbability(TAIL), rate.inverseSurvivalProbability(TAIL));
  }
}
