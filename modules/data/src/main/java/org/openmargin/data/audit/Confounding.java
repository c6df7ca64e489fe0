package org.openmargin.data.audit;

/**
 * How well the classes can be told from facts that should not tell them.
 *
 * @param facts such as {@code format, size and device of the file}
 * @param accuracy balanced accuracy of a small decision tree, cross-validated
 * @param low of its 95 % interval
 * @param high of its 95 % interval
 * @param chance balanced accuracy of guessing: 1 / classes
 * @param p of a permutation test
 * @param images that were looked at
 */
public record Confounding(
    String facts, double accuracy, double low, double high, double chance, double p, int images) {
  private static final double LARGEST_P = 0.005;

  /** Less of the way from guessing to certainty is of no consequence. */
  private static final double LEAST_GAIN = 0.05;

  /** Whether it is clearly better than guessing, and not by luck. */
  public boolean isFound() {
    return low > chance + LEAST_GAIN * (1 - chance) && p <= LARGEST_P;
  }
}
