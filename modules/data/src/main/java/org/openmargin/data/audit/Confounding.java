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
  private static final double LARGEST_P = 0.01;

  /** Whether it is better than guessing, and not by luck. */
  public boolean isFound() {
    return low > chance && p <= LARGEST_P;
  }
}
