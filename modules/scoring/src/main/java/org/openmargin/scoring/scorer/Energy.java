package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Free energy of the known logits: unknown score {@code -T log sum_{j<C} exp(z_j / T)}.
 *
 * <p>Source: Liu, Wang, Owens, Li, "Energy-based Out-of-distribution Detection", NeurIPS 2020,
 * equation 4.
 *
 * @param temperature T, positive; 1 in the paper
 */
public record Energy(Head head, double temperature) implements LogitScorer {

  public Energy {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "the temperature of energy must be positive and finite; got " + temperature);
    }
  }

  /** Energy at temperature 1. */
  public Energy(Head head) {
    this(head, 1);
  }

  @Override
  public ScorerType type() {
    return ScorerType.ENERGY;
  }

  @Override
  public String formula() {
    return "-T log sum exp(z / T) over known classes, T = " + temperature;
  }

  @Override
  public double unknownScore(float[] logits) {
    head.requireRow(logits);
    return -temperature * LogSumExp.of(logits, head.knownClasses(), temperature);
  }
}
