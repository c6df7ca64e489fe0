package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;

/**
 * Turns a network's outputs on an image into an unknown score: the higher, the more likely the
 * image belongs to an unknown class. A scorer is a pure function that includes its fitted
 * parameters, and is thread-safe. Which there are is a closed list, {@link ScorerType}.
 */
public interface Scorer {

  /** Which one of the list it is. */
  ScorerType type();

  /** Name in snake_case, such as {@code max_logit}; unique among the scorers of an evaluation. */
  default String name() {
    return type().key();
  }

  /** The formula in one line, for the description of a model. */
  default String formula() {
    return name();
  }

  /**
   * Unknown score of one image.
   *
   * @param logits one row, known classes first, then the open class if the head has one
   * @param embedding one row, d numbers
   * @return a finite number, higher = more unknown
   */
  double unknownScore(float[] logits, float[] embedding);

  /**
   * Unknown scores of many images, equal to {@link #unknownScore} of each.
   *
   * @param logits [n][columns]
   * @param embeddings [n][d]
   * @return n numbers
   */
  default double[] unknownScores(float[][] logits, float[][] embeddings) {
    return IntStream.range(0, logits.length)
        .parallel()
        .mapToDouble(row -> unknownScore(logits[row], embeddings[row]))
        .toArray();
  }

  /**
   * Unknown score of every row of predictions, in order.
   *
   * @throws IllegalArgumentException if the scorer needs embeddings and they were not kept
   */
  default double[] unknownScores(Predictions predictions) {
    if (predictions.embeddings().length < predictions.size() && !(this instanceof LogitScorer)) {
      throw new IllegalArgumentException(
          "scorer '%s' needs embeddings, but these predictions have none".formatted(name()));
    }
    return unknownScores(predictions.logits(), predictions.embeddings());
  }
}
