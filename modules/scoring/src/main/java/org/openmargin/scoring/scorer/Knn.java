package org.openmargin.scoring.scorer;

import java.util.Arrays;
import org.openmargin.scoring.numeric.NearestCosines;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Cosine to the k-th nearest training embedding: unknown score {@code -cos_(k)}, in [-1, 1], where
 * {@code cos_(1) >= cos_(2) >= ...} are the cosines between the embedding and every known training
 * embedding, of any class. It ranks images as the Euclidean distance between normalised embeddings
 * does: {@code |u - v|^2 = 2 - 2 cos}. A length below 1e-6 counts as 1e-6. Logits, and so the open
 * class, are ignored.
 *
 * <p>Source: Sun, Ming, Zhu, Li, "Out-of-Distribution Detection with Deep Nearest Neighbors", ICML
 * 2022, section 3 (all training embeddings, no sampling).
 *
 * @param bank [N][d], the training embeddings, as floats to save memory
 * @param inverseLengths [N], {@code 1 / |x_i|}
 * @param neighbours k, from 1 to N
 */
@SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
public record Knn(float[][] bank, double[] inverseLengths, int neighbours)
    implements EmbeddingScorer {

  public Knn {
    if (neighbours < 1 || neighbours > bank.length) {
      throw new IllegalArgumentException(
          "knn needs a k from 1 to the number of training images, %d; got %d"
              .formatted(bank.length, neighbours));
    }
  }

  /**
   * @param neighbours k; at most the number of training images is used
   */
  public static Knn fit(TrainingOutputs training, int neighbours) {
    var bank = training.predictions().embeddings();
    var inverseLengths =
        Arrays.stream(bank).mapToDouble(x -> Vectors.inverseLength(Vectors.doubles(x))).toArray();
    return new Knn(bank, inverseLengths, Math.min(neighbours, bank.length));
  }

  @Override
  public ScorerType type() {
    return ScorerType.KNN;
  }

  @Override
  public String formula() {
    return "-cosine to the nearest but %d of %d training embeddings"
        .formatted(neighbours - 1, bank.length);
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    return unknownScores(new float[][] {logits}, new float[][] {embedding})[0];
  }

  @Override
  public double[] unknownScores(float[][] logits, float[][] embeddings) {
    for (var embedding : embeddings) {
      Vectors.requireSize(embedding, bank[0].length);
    }
    var scores = new NearestCosines(bank, inverseLengths, neighbours).smallest(embeddings);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -scores[i];
    }
    return scores;
  }
}
