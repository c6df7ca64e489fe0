package org.openmargin.scoring.evaluation;

import java.util.Optional;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.scorer.Combination;
import org.openmargin.scoring.scorer.Scorer;

/**
 * Tells why an image is unknown: whether it is of no usual kind at all, a black picture or one of
 * another organ, and not only of an unknown class. It explains, it does not decide: the decision
 * already contains its parts.
 *
 * @param scorer of early layers and of the pixels
 * @param threshold scores above it are unusual
 */
public record Guard(Scorer scorer, AcceptanceThreshold threshold) {
  /** Share of known images that may be called unusual, with enough validation images. */
  static final double ALPHA = 0.01;

  /**
   * The guard within a scorer, if it has one.
   *
   * @param validation known validation images
   */
  public static Optional<Guard> of(Scorer decides, Predictions validation) {
    return decides instanceof Combination combination
        ? combination.guard().map(guard -> calibrated(guard, validation))
        : Optional.empty();
  }

  private static Guard calibrated(Combination guard, Predictions validation) {
    var scores = guard.unknownScores(guard.calibrating(validation));
    var alpha = Math.max(ALPHA, 2.0 / (scores.length + 1));
    return new Guard(guard, ConformalCalibration.threshold(scores, alpha));
  }

  /** Per row, whether it is unusual. */
  public boolean[] unusual(Predictions predictions) {
    return threshold.rejected(scorer.unknownScores(predictions));
  }
}
