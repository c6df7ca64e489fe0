package org.openmargin.scoring.scorer;

import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Euclidean distance to the nearest class mean: unknown score {@code min_{c<C} |x - mu_c|}, mu_c
 * the mean training embedding of class c. Embeddings are used as they are, not normalised, whatever
 * the head; logits, and so the open class, are ignored.
 *
 * <p>Source: Snell, Swersky, Zemel, "Prototypical Networks for Few-shot Learning", NeurIPS 2017
 * (the means as prototypes).
 *
 * @param means [C][d]
 */
public record PrototypeDistance(ClassMeans means) implements EmbeddingScorer {

  public static PrototypeDistance fit(TrainingOutputs training) {
    return new PrototypeDistance(ClassMeans.ofEmbeddings(training));
  }

  @Override
  public ScorerType type() {
    return ScorerType.PROTOTYPE_DISTANCE;
  }

  @Override
  public String formula() {
    return "distance to the nearest mean of a class's training embeddings";
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    Vectors.requireSize(embedding, means.points()[0].length);
    return Math.sqrt(means.nearestSquared(Vectors.doubles(embedding)));
  }
}
