package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;

/** A scorer that needs only logits and so works without embeddings. */
public interface LogitScorer extends EmbeddingScorer {

  /**
   * Unknown score of one image.
   *
   * @param logits one row, known classes first, then the open class if the head has one
   * @return a finite number, higher = more unknown
   */
  double unknownScore(float[] logits);

  @Override
  default double unknownScore(float[] logits, float[] embedding) {
    return unknownScore(logits);
  }

  /**
   * @param embeddings ignored; may be empty
   */
  @Override
  default double[] unknownScores(float[][] logits, float[][] embeddings) {
    return IntStream.range(0, logits.length)
        .parallel()
        .mapToDouble(row -> unknownScore(logits[row]))
        .toArray();
  }

  @Override
  default double[] unknownScores(Predictions predictions) {
    return unknownScores(predictions.logits(), predictions.embeddings());
  }
}
