package org.openmargin.scoring.calibration;

import java.util.List;

/**
 * The acceptance thresholds of one scorer.
 *
 * @param scorer name of the scorer
 * @param validationImages number of known validation images
 * @param thresholds one per attainable alpha, in the order asked for
 * @param unattainableAlphas the alphas for which there are too few validation images: n must be at
 *     least 1/alpha - 1
 */
public record Calibration(
    String scorer,
    int validationImages,
    List<AcceptanceThreshold> thresholds,
    List<Double> unattainableAlphas) {

  public Calibration {
    thresholds = List.copyOf(thresholds);
    unattainableAlphas = List.copyOf(unattainableAlphas);
  }

  /**
   * The threshold for this alpha.
   *
   * @throws IllegalArgumentException when it was not asked for or is unattainable
   */
  public AcceptanceThreshold at(double alpha) {
    if (unattainableAlphas.contains(alpha)) {
      throw ConformalCalibration.tooFewImages(alpha, validationImages);
    }
    return thresholds.stream()
        .filter(threshold -> threshold.alpha() == alpha)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no threshold for alpha %s; there are %s"
                        .formatted(
                            alpha, thresholds.stream().map(AcceptanceThreshold::alpha).toList())));
  }
}
