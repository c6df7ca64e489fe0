package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;

/**
 * Turns what a network says of an image into an unknown score: the higher, the more likely the
 * image belongs to an unknown class. A scorer is a pure function (what it was fitted to, if
 * anything, is part of it) and safe to share between threads.
 */
public sealed interface Scorer
    permits LogitScorer,
        GaussianDensity,
        Knn,
        Mahalanobis,
        NnGuide,
        PrototypeDistance,
        React,
        RelativeMahalanobis,
        Vim {

  /** Its entry in the table of scorers. */
  ScorerType type();

  /** Name in snake_case, such as {@code max_logit}; unique among the scorers of an evaluation. */
  default String name() {
    return type().key();
  }

  /** How the score is made, in one line for whoever reads the description of a model. */
  default String formula() {
    return name();
  }

  /**
   * Unknown score of one image.
   *
   * @param logits one row, known classes first, then the open class when the head has it
   * @param embedding one row, d numbers
   * @return a finite number, higher = more unknown
   */
  double unknownScore(float[] logits, float[] embedding);

  /**
   * Unknown scores of many images: those that {@link #unknownScore} gives one by one.
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
   * @throws IllegalArgumentException when the scorer needs embeddings and they were not kept
   */
  default double[] unknownScores(Predictions predictions) {
    if (predictions.embeddings().length < predictions.size() && !(this instanceof LogitScorer)) {
      throw new IllegalArgumentException(
          "scorer '%s' needs embeddings, and these predictions have none".formatted(name()));
    }
    return unknownScores(predictions.logits(), predictions.embeddings());
  }
}
