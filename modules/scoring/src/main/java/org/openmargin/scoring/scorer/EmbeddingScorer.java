package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;

/** A scorer of the last layer: logits and embeddings. */
public interface EmbeddingScorer extends Scorer {

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

  @Override
  default double[] unknownScores(Predictions predictions) {
    if (predictions.embeddings().length < predictions.size()) {
      throw new IllegalArgumentException(
          "scorer '%s' needs embeddings, but these predictions have none".formatted(name()));
    }
    return unknownScores(predictions.logits(), predictions.embeddings());
  }
}
