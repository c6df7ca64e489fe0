package org.openmargin.scoring.scorer;

import org.openmargin.scoring.Head;

/**
 * Maximum cosine between the embedding and a known class's prototype: unknown score {@code
 * -max_{j<C} z_j / s}, with s the scale of the cosine head; in [-1, 1] up to rounding.
 *
 * <p>Source: Techapanurak, Suganuma, Okatani, "Hyperparameter-Free Out-of-Distribution Detection
 * Using Cosine Similarity", ACCV 2020.
 *
 * @param head a cosine head
 */
public record MaxCosine(Head head) implements LogitScorer {

  public MaxCosine {
    if (head.cosineScale().isEmpty()) {
      throw new IllegalArgumentException(
          "max_cosine needs a cosine head (logit = scale * cosine); this head's logits are not"
              + " cosines; use max_logit");
    }
  }

  @Override
  public ScorerType type() {
    return ScorerType.MAX_COSINE;
  }

  @Override
  public String formula() {
    return "-max z / scale over known classes";
  }

  @Override
  public double unknownScore(float[] logits) {
    return -logits[head.predictedClass(logits)] / head.cosineScale().getAsDouble();
  }
}
