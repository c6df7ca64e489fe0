package org.openmargin.exporter;

import java.util.stream.IntStream;
import org.openmargin.scoring.calibration.DecisionRule;

/**
 * How closely answers must agree with the evaluation: bit by bit, or within rounding.
 *
 * @param tolerance a part of the largest number beside the one that is compared, or of 1; 0: equal
 *     bits
 * @param rule of the decision
 * @param derived whether embeddings are sums of doubles, computed here and there
 */
record Agreement(double tolerance, DecisionRule rule, boolean derived) {
  /** More than the order of summation can change in a sum of thousands of doubles. */
  private static final double ROUNDING = 1e-12;

  boolean same(float got, float want, float[] beside) {
    return Float.floatToIntBits(got) == Float.floatToIntBits(want)
        || (tolerance > 0 && Math.abs(got - want) <= allowed(largest(beside)));
  }

  /** As {@link #same}; for derived ones, as scores are. */
  boolean sameEmbedding(float got, float want, float[] beside) {
    return derived ? sameScore(got, want, largest(beside)) : same(got, want, beside);
  }

  /**
   * One unit in the last place of a float, or 1e-12 of the largest score, for scores that are
   * differences of sums.
   */
  boolean sameScore(float got, float want, double largest) {
    var rounding = Math.max(Math.ulp(want), ROUNDING * largest);
    return Math.abs(got - want) <= Math.max(rounding, allowed(largest));
  }

  /** Whether rounding alone can turn a decision: the score is at the threshold. */
  boolean undecided(double score, int predictedClass, double largest) {
    var threshold = rule.threshold(predictedClass).threshold();
    return tolerance > 0 && Math.abs(score - threshold) <= allowed(largest);
  }

  /** Whether rounding alone can turn the best class: the two logits are equal but for that. */
  boolean undecided(float[] logits, int one, int other) {
    return tolerance > 0 && Math.abs(logits[one] - logits[other]) <= 2 * allowed(largest(logits));
  }

  private double allowed(double largest) {
    return tolerance * Math.max(1, largest);
  }

  private static double largest(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElse(0);
  }
}
