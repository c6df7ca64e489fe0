package org.openmargin.scoring.metric;

import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param high at least {@code low}
 */
public record Interval(double low, double high) {

  /**
   * The central part of resampled values: from the {@code (1 - confidence) / 2} quantile to its
   * mirror image, each interpolated linearly between the two nearest values, as {@code
   * numpy.percentile} does.
   *
   * @param values at least one; not modified
   * @param confidence in (0, 1)
   */
  static Interval percentile(double[] values, double confidence) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    double tail = (1 - confidence) / 2;
    return new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail));
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int lower = (int) position;
    int upper = Math.min(lower + 1, sorted.length - 1);
    return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
  }
}
