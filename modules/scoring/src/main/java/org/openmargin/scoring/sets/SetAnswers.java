package org.openmargin.scoring.sets;

import java.util.Collection;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.evaluation.OpenSetDecision;

/**
 * A decision's answers to a list of images.
 *
 * @param scores unknown scores
 * @param rejected whether the answer is "unknown"
 * @param correct whether the class is right; false for images of no known class
 */
@SuppressWarnings("ArrayRecordComponent") // the input of metrics, read-only, never compared
public record SetAnswers(double[] scores, boolean[] rejected, boolean[] correct) {

  /** Answers to images that are all known or all unknown. */
  public static SetAnswers of(OpenSetDecision decision, Predictions predictions) {
    return of(decision, predictions, decision.scorer().unknownScores(predictions));
  }

  /**
   * @param scores of the deciding scorer
   */
  public static SetAnswers of(OpenSetDecision decision, Predictions predictions, double[] scores) {
    var correct = new boolean[predictions.size()];
    for (var row = 0; row < correct.length; row++) {
      correct[row] = predictions.isCorrect(row);
    }
    return new SetAnswers(scores, decision.threshold().rejected(scores), correct);
  }

  /** All of them, one behind the other. */
  public static SetAnswers joined(Collection<SetAnswers> parts) {
    return new SetAnswers(
        parts.stream().flatMapToDouble(part -> DoubleStream.of(part.scores)).toArray(),
        flags(parts.stream().map(SetAnswers::rejected).toList()),
        flags(parts.stream().map(SetAnswers::correct).toList()));
  }

  private static boolean[] flags(Collection<boolean[]> parts) {
    var all = new boolean[parts.stream().mapToInt(part -> part.length).sum()];
    var at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Some of the rows. */
  public SetAnswers select(int... rows) {
    var someRejected = new boolean[rows.length];
    var someCorrect = new boolean[rows.length];
    for (var i = 0; i < rows.length; i++) {
      someRejected[i] = rejected[rows[i]];
      someCorrect[i] = correct[rows[i]];
    }
    var some = IntStream.of(rows).mapToDouble(row -> scores[row]).toArray();
    return new SetAnswers(some, someRejected, someCorrect);
  }

  public int size() {
    return scores.length;
  }

  /** Whether every score can be ranked. */
  boolean isRanked() {
    return DoubleStream.of(scores).noneMatch(Double::isNaN);
  }
}
