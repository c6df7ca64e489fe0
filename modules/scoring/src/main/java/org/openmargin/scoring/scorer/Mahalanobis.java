package org.openmargin.scoring.scorer;

import java.util.Arrays;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.numeric.Whitening;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Mahalanobis distance to the nearest class mean: unknown score {@code min_{c<C} (x - mu_c)^T S^-1
 * (x - mu_c)}, squared. mu_c: mean training embedding of class c; {@code S = 1/N sum_i (x_i -
 * mu_{y_i}) (x_i - mu_{y_i})^T + r I}: one covariance for all classes, with the ridge of {@link
 * Whitening}. Embeddings are used as they are, not normalised, whatever the head; logits, and so
 * the open class, are ignored.
 *
 * <p>Source: Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution
 * Samples and Adversarial Attacks", NeurIPS 2018, equation 2 (the last layer's features, without
 * perturbation).
 *
 * @param whitening of S
 * @param means the whitened class means
 */
public record Mahalanobis(Whitening whitening, ClassMeans means) implements EmbeddingScorer {

  public static Mahalanobis fit(TrainingOutputs training) {
    var means = ClassMeans.ofEmbeddings(training);
    var whitening =
        Whitening.of(
            training.mean(),
            Scatter.of(
                training.size(),
                training.embeddingSize(),
                row ->
                    Vectors.minus(training.embedding(row), means.points()[training.label(row)])));
    return new Mahalanobis(
        whitening,
        new ClassMeans(
            Arrays.stream(means.points()).map(whitening::apply).toArray(double[][]::new)));
  }

  @Override
  public ScorerType type() {
    return ScorerType.MAHALANOBIS;
  }

  @Override
  public String formula() {
    return "squared Mahalanobis distance to the nearest mean of a class's training embeddings";
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    Vectors.requireSize(embedding, whitening.centre().length);
    return means.nearestSquared(whitening.apply(Vectors.doubles(embedding)));
  }
}
