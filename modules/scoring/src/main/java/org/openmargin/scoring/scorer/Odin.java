package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Highest softmax probability of the known classes at a high temperature: unknown score {@code -log
 * max_{j<C} softmax(z / T)_j = log sum_{j<C} exp((z_j - z_best) / T)}, in double precision, because
 * at T = 1000 all probabilities are near 1/C and a float keeps few digits of their differences.
 * ODIN's perturbation of the image, which needs a gradient at serving time, is left out.
 *
 * <p>The open class is ignored. For a cosine head, T divides the scaled cosines, which are small
 * already (at most the scale).
 *
 * <p>Source: Liang, Li, Srikant, "Enhancing The Reliability of Out-of-distribution Image Detection
 * in Neural Networks", ICLR 2018, equation 1.
 *
 * @param temperature T, positive; 1000 in the paper
 */
public record Odin(Head head, double temperature) implements LogitScorer {

  public Odin {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "the temperature of odin must be positive and finite; got " + temperature);
    }
  }

  @Override
  public ScorerType type() {
    return ScorerType.ODIN;
  }

  @Override
  public String formula() {
    return "-log(max p), p = softmax of z / T over known classes, T = " + temperature;
  }

  @Override
  public double unknownScore(float[] logits) {
    return LogSumExp.minusLogProbability(
        logits, head.knownClasses(), head.predictedClass(logits), temperature);
  }
}
