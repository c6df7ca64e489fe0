package org.openmargin.scoring.numeric;

import java.util.Arrays;

/**
 * A Weibull distribution of the largest distances: {@code F(x) = 1 - exp(-((x - shift) /
 * scale)^shape)} above the shift, 0 below.
 *
 * @param shape k, positive
 * @param scale lambda, positive
 * @param shift lower end of the distribution
 */
public record Weibull(double shape, double scale, double shift) {
  /** Limited, because the likelihood of a tail without spread grows with the shape without end. */
  static final double LARGEST_SHAPE = 1e4;

  private static final double SMALLEST_SHAPE = 1e-4;
  private static final int HALVINGS = 100;

  /**
   * Maximum-likelihood fit to the largest {@code tail} distances, shifted so that the smallest of
   * them is 1 (the convention of libMR, Bendale and Boult's library): {@code y_i = x_i - min x +
   * 1}. The shape solves {@code sum y^k log y / sum y^k - 1/k = mean log y}, whose left side grows
   * with k, up to {@value #LARGEST_SHAPE}; then {@code lambda^k = mean y^k}.
   *
   * @param distances at least one, in any order
   * @param tail number of distances; all if there are fewer
   */
  public static Weibull ofLargest(double[] distances, int tail) {
    var sorted = distances.clone();
    Arrays.sort(sorted);
    int from = Math.max(0, sorted.length - tail);
    double shift = sorted[from] - 1;
    var logs = new double[sorted.length - from];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log1p(sorted[from + i] - sorted[from]);
    }
    double shape = shape(logs);
    var powers = Arrays.stream(logs).map(log -> shape * log).toArray();
    double logScale = (LogSumExp.of(powers, 1) - Math.log(logs.length)) / shape;
    return new Weibull(shape, Math.exp(logScale), shift);
  }

  /** By bisection on log k. */
  private static double shape(double[] logs) {
    double low = Math.log(SMALLEST_SHAPE);
    double high = Math.log(LARGEST_SHAPE);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(logs, Math.exp(middle)) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** {@code sum y^k log y / sum y^k - 1/k - mean log y}; logs ascend. */
  private static double slope(double[] logs, double k) {
    double largest = logs[logs.length - 1];
    double weights = 0;
    double weighted = 0;
    double sum = 0;
    for (double log : logs) {
      double weight = Math.exp(k * (log - largest));
      weights += weight;
      weighted += weight * log;
      sum += log;
    }
    return weighted / weights - 1 / k - sum / logs.length;
  }

  /** F(x), the probability of a smaller distance. */
  public double below(double x) {
    return -Math.expm1(-Math.pow(Math.max(x - shift, 0) / scale, shape));
  }
}
