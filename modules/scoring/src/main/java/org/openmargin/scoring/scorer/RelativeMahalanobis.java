package org.openmargin.scoring.scorer;

import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.numeric.Whitening;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Mahalanobis distance to the nearest class mean minus that to the overall mean: unknown score
 * {@code min_{c<C} [M_c(x) - M_0(x)]}, squared distances. M_c is {@link Mahalanobis}'s; M_0 has the
 * mean and the covariance {@code 1/N sum_i (x_i - mu_0) (x_i - mu_0)^T} of all training embeddings,
 * also with a ridge. Variation shared by all classes cancels out.
 *
 * <p>Source: Ren, Fort, Liu, Roy, Padhy, Lakshminarayanan, "A Simple Fix to Mahalanobis Distance
 * for Improving Near-OOD Detection", 2021, arXiv:2106.09022, equation 2.
 *
 * @param classes M_c
 * @param background M_0
 */
public record RelativeMahalanobis(Mahalanobis classes, Whitening background)
    implements EmbeddingScorer {

  public static RelativeMahalanobis fit(TrainingOutputs training) {
    var mean = training.mean();
    var background =
        Whitening.of(
            mean,
            Scatter.of(
                training.size(),
                training.embeddingSize(),
                row -> Vectors.minus(training.embedding(row), mean)));
    return new RelativeMahalanobis(Mahalanobis.fit(training), background);
  }

  @Override
  public ScorerType type() {
    return ScorerType.RELATIVE_MAHALANOBIS;
  }

  @Override
  public String formula() {
    return "mahalanobis, less the squared Mahalanobis distance to the mean of all training"
        + " embeddings";
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    return classes.unknownScore(logits, embedding)
        - background.squaredDistance(Vectors.doubles(embedding));
  }
}
