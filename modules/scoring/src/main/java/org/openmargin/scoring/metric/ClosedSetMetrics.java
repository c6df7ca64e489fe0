package org.openmargin.scoring.metric;

import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Metrics on images of known classes, without rejection.
 *
 * @param acc {@link Accuracy}
 * @param ece {@link Ece} of the softmax over the logits of the known classes
 */
public record ClosedSetMetrics(double acc, double ece) {

  /**
   * @throws IllegalArgumentException if there is no image, or one is of an unknown class
   */
  public static ClosedSetMetrics of(Predictions known) {
    int classes = known.head().knownClasses();
    var correct = new boolean[known.size()];
    var probabilities = new double[known.size()];
    for (int row = 0; row < known.size(); row++) {
      if (!known.truth().isKnown(row)) {
        throw new IllegalArgumentException(
            "closed-set metrics use known images only; row %d (id '%s') is of an unknown class"
                .formatted(row, known.truth().ids().get(row)));
      }
      correct[row] = known.isCorrect(row);
      probabilities[row] =
          Math.exp(
              -LogSumExp.minusLogProbability(
                  known.logits()[row], classes, known.predictedClass(row)));
    }
    return new ClosedSetMetrics(Accuracy.of(correct), Ece.of(probabilities, correct));
  }
}
