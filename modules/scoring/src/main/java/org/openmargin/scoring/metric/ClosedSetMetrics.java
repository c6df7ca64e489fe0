package org.openmargin.scoring.metric;

import java.util.Arrays;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Metrics on images of known classes, without rejection.
 *
 * @param acc {@link Accuracy}
 * @param ece {@link Ece} of the softmax over the logits of the known classes
 * @param chance accuracy without looking: the share of the most frequent class
 */
public record ClosedSetMetrics(double acc, double ece, double chance) {

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
    return new ClosedSetMetrics(
        Accuracy.of(correct), Ece.of(probabilities, correct), chance(known));
  }

  private static double chance(Predictions known) {
    var counts = new int[known.head().knownClasses()];
    for (int label : known.truth().labels()) {
      counts[label]++;
    }
    return (double) Arrays.stream(counts).max().orElse(0) / known.size();
  }
}
