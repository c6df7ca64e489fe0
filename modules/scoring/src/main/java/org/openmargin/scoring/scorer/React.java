package org.openmargin.scoring.scorer;

import java.util.Arrays;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Energy of the logits of a clipped embedding: unknown score {@code -T log sum_{j<C} exp(z_j / T)},
 * {@code z} = logits of {@code min(x, c)}, c the given quantile of all numbers in all training
 * embeddings (linear interpolation between neighbours, as in numpy). Unknown images owe high logits
 * to a few very large activations, which clipping removes.
 *
 * <p>Needs a dense or a cosine head; a cosine head normalises the clipped embedding. The open class
 * is ignored.
 *
 * <p>Source: Sun, Guo, Li, "ReAct: Out-of-distribution Detection With Rectified Activations",
 * NeurIPS 2021, section 3.
 *
 * @param linear the head's W and b
 * @param ceiling c
 * @param temperature T, positive; 1 in the paper
 */
public record React(LinearHead linear, double ceiling, double temperature)
    implements EmbeddingScorer {

  public React {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "the temperature of react must be positive and finite; got " + temperature);
    }
  }

  /**
   * @param quantile in (0, 1]; 1 clips no training image
   */
  public static React fit(
      TrainingOutputs training, LinearHead linear, double quantile, double temperature) {
    return new React(linear, quantile(training.predictions().embeddings(), quantile), temperature);
  }

  private static double quantile(float[][] embeddings, double quantile) {
    int size = embeddings[0].length;
    var all = new float[Math.multiplyExact(embeddings.length, size)];
    for (int row = 0; row < embeddings.length; row++) {
      System.arraycopy(embeddings[row], 0, all, row * size, size);
    }
    Arrays.parallelSort(all);
    double position = quantile * (all.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, all.length - 1);
    return all[below] + (position - below) * ((double) all[above] - all[below]);
  }

  @Override
  public ScorerType type() {
    return ScorerType.REACT;
  }

  @Override
  public String formula() {
    return "-T log sum exp(z / T) over known classes, z = logits of min(embedding, %s), T = %s"
        .formatted(ceiling, temperature);
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    Vectors.requireSize(embedding, linear.weights()[0].length);
    var clipped = new double[embedding.length];
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.min(embedding[i], ceiling);
    }
    return -temperature * LogSumExp.of(linear.logits(clipped), temperature);
  }
}
