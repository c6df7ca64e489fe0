package org.openmargin.scoring;

/** Sums of exponentials of logits in double precision, free of overflow. */
final class LogSumExp {
  private LogSumExp() {}

  /** {@code log sum_j exp(z_j / temperature)} over the first {@code columns} values. */
  static double of(float[] logits, int columns, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      max = Math.max(max, logits[j] / temperature);
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += Math.exp(logits[j] / temperature - max);
    }
    return max + Math.log(sum);
  }

  /**
   * {@code -log softmax(z)[at] = log sum_j exp(z_j - z_at)} over the first {@code columns} values.
   * The term of {@code at} itself is exactly 1, so log1p keeps every digit of what is left: a
   * probability of 1 - 1e-30 still differs from 1.
   */
  static double minusLogProbability(float[] logits, int columns, int at) {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      largest = Math.max(largest, (double) logits[j] - logits[at]);
    }
    double others = 0;
    for (int j = 0; j < columns; j++) {
      others += j == at ? 0 : Math.exp((double) logits[j] - logits[at] - largest);
    }
    return largest == 0 ? Math.log1p(others) : largest + Math.log(Math.exp(-largest) + others);
  }
}
