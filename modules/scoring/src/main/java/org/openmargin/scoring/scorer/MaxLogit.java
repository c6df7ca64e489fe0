package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;

/**
 * Maximum logit of the known classes: unknown score {@code -max_{j<C} z_j}.
 *
 * <p>Source: Vaze, Han, Vedaldi, Zisserman, "Open-Set Recognition: a Good Closed-Set Classifier is
 * All You Need?", ICLR 2022 (there called MLS); Hendrycks et al., "Scaling Out-of-Distribution
 * Detection for Real-World Settings", ICML 2022.
 *
 * @param head the meaning of the columns
 */
public record MaxLogit(Head head) implements LogitScorer {

  @Override
  public ScorerType type() {
    return ScorerType.MAX_LOGIT;
  }

  @Override
  public String formula() {
    return "-max z over known classes";
  }

  @Override
  public double unknownScore(float[] logits) {
    return -(double) logits[head.predictedClass(logits)];
  }
}
