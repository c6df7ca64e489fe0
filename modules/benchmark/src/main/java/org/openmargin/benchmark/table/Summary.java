package org.openmargin.benchmark.table;

import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Summary of a set of figures. NaN where there are too few.
 *
 * @param count number of figures
 * @param mean their mean
 * @param deviation their standard deviation, with n - 1
 * @param low lower end of the 95 % interval of the mean: mean - t(n - 1) deviation / sqrt(n)
 * @param high its upper end
 */
public record Summary(int count, double mean, double deviation, double low, double high) {
  private static final double TAIL = 0.025;

  public static Summary of(Collection<Double> figures) {
    int n = figures.size();
    double mean = figures.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (n < 2) {
      return new Summary(n, mean, Double.NaN, Double.NaN, Double.NaN);
    }
    double squares = figures.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    double deviation = Math.sqrt(squares / (n - 1));
    double t = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL);
    double half = t * deviation / Math.sqrt(n);
    return new Summary(n, mean, deviation, mean - half, mean + half);
  }
}
