package org.openmargin.scoring.calibration;

/**
 * An acceptance threshold calibrated on known validation images: an image is accepted if its
 * unknown score is at most {@code threshold}; otherwise the answer is "unknown".
 *
 * <p>A new known image that is exchangeable with the n validation images is rejected with
 * probability at most {@code bound = 1 - k/(n+1) <= alpha}, and, when scores have no ties, with
 * probability at least {@link #lowerBound()}. The probability is over the draw of the validation
 * images and of the new one. Nothing is promised about unknown images.
 *
 * @param alpha target rejection probability, in (0, 1)
 * @param threshold finite, a float; see {@link ConformalCalibration} for its place between two
 *     scores
 * @param validationImages n
 * @param bound {@code 1 - k/(n+1)}, k = ceil((n+1)(1-alpha))
 * @param validationRejectionRate fraction of the validation images above the threshold
 */
public record AcceptanceThreshold(
    double alpha,
    double threshold,
    int validationImages,
    double bound,
    double validationRejectionRate) {

  /**
   * Whether an image with this unknown score is accepted as known: never if it is not finite. The
   * score is compared as a float, which is what an exported model returns.
   */
  public boolean accepts(double unknownScore) {
    var shown = (float) unknownScore;
    return Float.isFinite(shown) && shown <= threshold;
  }

  /** Per unknown score, whether it is rejected. */
  public boolean[] rejected(double[] unknownScores) {
    var rejected = new boolean[unknownScores.length];
    for (int row = 0; row < rejected.length; row++) {
      rejected[row] = !accepts(unknownScores[row]);
    }
    return rejected;
  }

  /**
   * Lower bound on the rejection probability of a new known image if scores have no ties: {@code
   * bound - 1/(n+1)}.
   */
  public double lowerBound() {
    return Math.max(0, bound - 1.0 / (validationImages + 1.0));
  }
}
