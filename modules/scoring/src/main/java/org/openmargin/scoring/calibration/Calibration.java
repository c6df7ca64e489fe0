package org.openmargin.scoring.calibration;

import java.util.List;

/**
 * The acceptance thresholds of one scorer.
 *
 * @param scores unknown scores of the known validation images, each moved up as far as its
 *     threshold may be (see {@link ConformalCalibration}), as floats, ascending
 * @param thresholds one per attainable alpha, in the order requested
 * @param unattainableAlphas alphas with too few known validation images: n must be at least {@code
 *     1/alpha - 1}
 * @param predicted how many validation images each class is predicted for, in label order; empty if
 *     that is not known
 */
public record Calibration(
    String scorer,
    List<Double> scores,
    List<AcceptanceThreshold> thresholds,
    List<Double> unattainableAlphas,
    List<Integer> predicted) {

  public Calibration {
    scores = List.copyOf(scores);
    thresholds = List.copyOf(thresholds);
    unattainableAlphas = List.copyOf(unattainableAlphas);
    predicted = List.copyOf(predicted);
  }

  /** Without predicted classes. */
  public Calibration(
      String scorer,
      List<Double> scores,
      List<AcceptanceThreshold> thresholds,
      List<Double> unattainableAlphas) {
    this(scorer, scores, thresholds, unattainableAlphas, List.of());
  }

  /** What later images are compared with. */
  public ScoreReference reference() {
    return ScoreReference.of(scores, predicted);
  }

  /** n. */
  public int validationImages() {
    return scores.size();
  }

  /**
   * The share of known images at least as unknown as this one, itself among them: {@code (1 + #{s_i
   * >= s}) / (n + 1)}; 0 for a score that is not finite. The thresholds accept where it is above
   * alpha. For a new image that is exchangeable with the validation images, it is at most alpha
   * with probability at most alpha (Bates et al., 2023).
   */
  public double pValue(double unknownScore) {
    var shown = (float) unknownScore;
    if (!Float.isFinite(shown)) {
      return 0;
    }
    var above = scores.stream().filter(score -> score >= shown).count();
    return (1.0 + above) / (validationImages() + 1.0);
  }

  /**
   * @throws IllegalArgumentException if it was not requested or is unattainable
   */
  public AcceptanceThreshold at(double alpha) {
    if (unattainableAlphas.contains(alpha)) {
      throw ConformalCalibration.tooFewImages(alpha, validationImages());
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
