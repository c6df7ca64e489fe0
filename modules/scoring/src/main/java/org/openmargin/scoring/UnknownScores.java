package org.openmargin.scoring;

import java.util.stream.IntStream;

/**
 * The unknown scores of one scorer, parted by truth: what every metric is computed from.
 *
 * @param known unknown scores of the images of known classes
 * @param unknown unknown scores of the images of unknown classes
 * @param correct per known image, whether its closed-set prediction is right
 */
@SuppressWarnings("ArrayRecordComponent") // the input of metrics, read-only, never compared
public record UnknownScores(double[] known, double[] unknown, boolean[] correct) {

  /** Scores the rows of predictions. */
  public static UnknownScores of(Scorer scorer, Predictions predictions) {
    Predictions known = predictions.known();
    boolean[] correct = new boolean[known.size()];
    IntStream.range(0, known.size()).forEach(row -> correct[row] = known.isCorrect(row));
    return new UnknownScores(
        known.unknownScores(scorer), predictions.unknown().unknownScores(scorer), correct);
  }
}
