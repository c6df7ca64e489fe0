package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Virtual logit of the part of an embedding outside the training embeddings' principal space:
 * unknown score {@code a |R (f(x) - o)| - log sum_{j<C} exp(z_j)}, which is the log odds of the
 * virtual class in the softmax over it and the known classes, so it never saturates.
 *
 * <ul>
 *   <li>{@code o = -W^+ b}: where all known logits vanish; 0 for a cosine head.
 *   <li>R: all eigenvectors of {@code 1/N sum_i (f(x_i) - o) (f(x_i) - o)^T} except the D with the
 *       largest eigenvalues, over the training embeddings x_i.
 *   <li>{@code a = sum_i max_{j<C} z_ij / sum_i |R (f(x_i) - o)|}, so that the virtual logit
 *       matches the largest one in size. If training embeddings leave nothing outside the principal
 *       space (below 1e-6 of their length), or the mean of their largest logits is not positive, a
 *       is 0 and the score is the energy.
 * </ul>
 *
 * <p>f as in {@link LinearHead}: for a cosine head the space is that of normalised embeddings,
 * which its logits are computed from. Needs a dense or a cosine head. The open class is ignored.
 *
 * <p>Source: Wang, Li, Feng, Zhang, "ViM: Out-Of-Distribution with Virtual-logit Matching", CVPR
 * 2022, section 4.
 *
 * @param residual R and o
 * @param factor a
 */
public record Vim(Head head, Residual residual, double factor) implements EmbeddingScorer {
  private static final double NOTHING = 1e-6;

  /**
   * @param dimensions D, less than d; 0: half of d
   * @throws IllegalArgumentException if nothing would be left outside the principal space
   */
  public static Vim fit(TrainingOutputs training, LinearHead linear, int dimensions) {
    int size = training.embeddingSize();
    int principal = dimensions == 0 ? size / 2 : dimensions;
    if (principal >= size) {
      throw new IllegalArgumentException(
          "vim's principal space has %d dimensions; it must have fewer than the embedding, %d"
              .formatted(principal, size));
    }
    var residual = Residual.fit(training, linear, principal);
    double logits = 0;
    double lengths = 0;
    double residuals = 0;
    for (int row = 0; row < training.size(); row++) {
      var embedding = training.embedding(row);
      logits += training.predictions().logits()[row][training.predictions().predictedClass(row)];
      lengths += 1 / Vectors.inverseLength(linear.feature(embedding));
      residuals += residual.length(embedding);
    }
    boolean usable = residuals > NOTHING * lengths && logits > 0;
    return new Vim(training.head(), residual, usable ? logits / residuals : 0);
  }

  @Override
  public ScorerType type() {
    return ScorerType.VIM;
  }

  @Override
  public String formula() {
    return "a |residual| - log sum exp z over known classes, residual outside %d principal"
            .formatted(residual.origin().length - residual.space().basis().length)
        + " dimensions, a = "
        + factor;
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    head.requireRow(logits);
    Vectors.requireSize(embedding, residual.origin().length);
    return factor * residual.length(Vectors.doubles(embedding))
        - LogSumExp.of(logits, head.knownClasses(), 1);
  }
}
