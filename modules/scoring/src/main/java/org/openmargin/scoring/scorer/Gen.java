package org.openmargin.scoring.scorer;

import java.util.Arrays;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Generalised entropy of the highest softmax probabilities of the known classes: unknown score
 * {@code sum_{j in top M} p_j^g (1 - p_j)^g}. Computed from {@code g (log p_j + log(1 - p_j))},
 * both logarithms free of cancellation, so that scores of confident images stay distinct. It is 0
 * for a single known class.
 *
 * <p>The open class is ignored. Where logits are scaled cosines or negative distances, the softmax
 * is that of the training loss without its margins.
 *
 * <p>Source: Liu, Lochman, Zach, "GEN: Pushing the Limits of Softmax-Based Out-of-Distribution
 * Detection", CVPR 2023, equation 5 (there with a minus: higher = more known).
 *
 * @param exponent g, in (0, 1); 0.1 in the paper
 * @param top M; 0 or more than C means all C
 */
public record Gen(Head head, double exponent, int top) implements LogitScorer {

  public Gen {
    if (!(exponent > 0 && exponent < 1 && top >= 0)) {
      throw new IllegalArgumentException(
          "gen needs an exponent between 0 and 1 and a top of at least 0; got %s and %d"
              .formatted(exponent, top));
    }
  }

  @Override
  public ScorerType type() {
    return ScorerType.GEN;
  }

  @Override
  public String formula() {
    return "sum p^g (1 - p)^g over the %d highest p, p = softmax over known classes, g = %s"
        .formatted(terms(), exponent);
  }

  /** M, at most C. */
  public int terms() {
    return top == 0 ? head.knownClasses() : Math.min(top, head.knownClasses());
  }

  @Override
  public double unknownScore(float[] logits) {
    head.requireRow(logits);
    int classes = head.knownClasses();
    var behind = new double[classes];
    for (int j = 0; j < classes; j++) {
      behind[j] = -(double) logits[j];
    }
    Arrays.sort(behind);
    double best = behind[0];
    for (int j = 0; j < classes; j++) {
      behind[j] = best - behind[j];
    }
    double logOthers = LogSumExp.of(Arrays.copyOfRange(behind, 1, classes), 1);
    double minusLogBest = Math.log1p(Math.exp(logOthers));
    double sum = term(-minusLogBest, logOthers - minusLogBest);
    for (int j = 1; j < terms(); j++) {
      double logP = behind[j] - minusLogBest;
      sum += term(logP, Math.log1p(-Math.exp(logP)));
    }
    return sum;
  }

  private double term(double logP, double logRest) {
    return Math.exp(exponent * (logP + logRest));
  }
}
