package org.openmargin.scoring;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The unknown scores of one scorer, split by truth: the input of every metric.
 *
 * @param correct per known image, whether its closed-set prediction is right
 */
@SuppressWarnings("ArrayRecordComponent") // the input of metrics, read-only, never compared
public record UnknownScores(double[] known, double[] unknown, boolean[] correct) {

  /**
   * Splits scores by truth.
   *
   * @param scores one per row of the predictions
   */
  public static UnknownScores of(double[] scores, Predictions predictions) {
    var known = rows(predictions, true);
    var correct = new boolean[known.length];
    IntStream.range(0, known.length).forEach(i -> correct[i] = predictions.isCorrect(known[i]));
    return new UnknownScores(pick(scores, known), pick(scores, rows(predictions, false)), correct);
  }

  /** The same of a score that is higher for known images. */
  public UnknownScores negated() {
    return new UnknownScores(
        DoubleStream.of(known).map(score -> -score).toArray(),
        DoubleStream.of(unknown).map(score -> -score).toArray(),
        correct);
  }

  private static int[] rows(Predictions predictions, boolean known) {
    return IntStream.range(0, predictions.size())
        .filter(row -> predictions.truth().isKnown(row) == known)
        .toArray();
  }

  private static double[] pick(double[] scores, int[] rows) {
    return IntStream.of(rows).mapToDouble(row -> scores[row]).toArray();
  }
}
