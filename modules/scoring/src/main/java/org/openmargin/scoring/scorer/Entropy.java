package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Entropy of the softmax over the known classes: unknown score {@code -sum_{j<C} p_j log p_j}, in
 * nats, in [0, log C]. Computed as {@code sum p_j l_j} of {@code l_j = -log p_j = l_best + z_best -
 * z_j}, so that scores of confident images stay distinct. It is 0 for a single known class.
 *
 * <p>The open class is ignored. Where logits are scaled cosines or negative distances, the softmax
 * is that of the training loss without its margins.
 *
 * <p>Source: Shannon's entropy as an uncertainty; as an open-set score in Chan, Rottmann,
 * Gottschalk, "Entropy Maximization and Meta Classification for Out-of-Distribution Detection in
 * Semantic Segmentation", ICCV 2021.
 */
public record Entropy(Head head) implements LogitScorer {

  @Override
  public ScorerType type() {
    return ScorerType.ENTROPY;
  }

  @Override
  public String formula() {
    return "-sum p log p, p = softmax over known classes";
  }

  @Override
  public double unknownScore(float[] logits) {
    int best = head.predictedClass(logits);
    double ofBest = LogSumExp.minusLogProbability(logits, head.knownClasses(), best);
    double entropy = 0;
    for (int j = 0; j < head.knownClasses(); j++) {
      double minusLog = ofBest + ((double) logits[best] - logits[j]);
      entropy += Math.exp(-minusLog) * minusLog;
    }
    return entropy;
  }
}
