package org.openmargin.scoring.calibration;

import java.util.List;

/**
 * The acceptance thresholds of one scorer.
 *
 * @param thresholds one per attainable alpha, in the order requested
 * @param unattainableAlphas alphas with too few known validation images: n must be at least {@code
 *     1/alpha - 1}
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
   * @throws IllegalArgumentException if it was not requested or is unattainable
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
