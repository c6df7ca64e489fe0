package org.openmargin.scoring.numeric;

/** Sums of exponentials of logits in double precision, free of overflow. */
public final class LogSumExp {
  private LogSumExp() {}

  /** {@code log sum_j exp(z_j / temperature)} over the first {@code columns} values. */
  public static double of(float[] logits, int columns, double temperature) {
    var z = new double[columns];
    for (int j = 0; j < columns; j++) {
      z[j] = logits[j];
    }
    return of(z, temperature);
  }

  /** {@code log sum_j exp(z_j / temperature)}; minus infinity if there are none. */
  public static double of(double[] z, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      max = Math.max(max, value / temperature);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value / temperature - max);
    }
    return max + Math.log(sum);
  }

  /** {@link #minusLogProbability(float[], int, int, double)} at temperature 1. */
  public static double minusLogProbability(float[] logits, int columns, int at) {
    return minusLogProbability(logits, columns, at, 1);
  }

  /**
   * {@code -log softmax(z / T)[at] = log sum_j exp((z_j - z_at) / T)} over the first {@code
   * columns} values. The term of {@code at} itself is exactly 1, so log1p keeps every digit of the
   * rest: a probability of 1 - 1e-30 still differs from 1.
   */
  public static double minusLogProbability(
      float[] logits, int columns, int at, double temperature) {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      largest = Math.max(largest, ((double) logits[j] - logits[at]) / temperature);
    }
    double others = 0;
    for (int j = 0; j < columns; j++) {
      others += j == at ? 0 : Math.exp(((double) logits[j] - logits[at]) / temperature - largest);
    }
    return largest == 0 ? Math.log1p(others) : largest + Math.log(Math.exp(-largest) + others);
  }
}
