package org.openmargin.scoring.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * A chi-squared test of counts.
 *
 * @param statistic 0 if there is one bin only
 * @param degrees bins - 1, after bins that expect too little were joined with their neighbours
 * @param pValue 1 if there is one bin only
 */
public record ChiSquared(double statistic, int degrees, double pValue) {
  /** Of expected counts, by the usual rule. */
  private static final double LEAST = 5;

  private record Bin(double share, long count) {}

  /**
   * Whether counts are like shares that are themselves known from a sample only.
   *
   * <p>If A random points divide a population into shares, the counts of m more points have the
   * Dirichlet-multinomial distribution with mean m pi_b and variance {@code m pi_b (1 - pi_b) (m +
   * A) / (1 + A)}; so {@code sum_b (c_b - m pi_b)^2 / (m pi_b) * (1 + A) / (m + A)} has the mean
   * bins - 1, and about a chi-squared distribution.
   *
   * @param reference weights of the bins, which sum to A
   * @param counts of the new sample
   * @param ordered whether neighbours are joined where too little is expected; else all such bins
   *     are joined
   */
  static ChiSquared of(double[] reference, long[] counts, boolean ordered) {
    var a = Arrays.stream(reference).sum();
    var m = Arrays.stream(counts).asDoubleStream().sum();
    var least = LEAST / Math.min(m, a);
    var bins = new ArrayList<Bin>();
    var rest = new Bin(0, 0);
    for (var b = 0; b < counts.length; b++) {
      var bin = new Bin(reference[b] / a, counts[b]);
      var joined = new Bin(rest.share + bin.share, rest.count + bin.count);
      if (joined.share < least) {
        rest = joined;
      } else if (ordered || bin.share < least) {
        bins.add(joined);
        rest = new Bin(0, 0);
      } else {
        bins.add(bin);
      }
    }
    joinRest(bins, rest);
    return of(bins, m, (1 + a) / (m + a));
  }

  private static void joinRest(List<Bin> bins, Bin rest) {
    if (rest.share > 0 || rest.count > 0) {
      var last = bins.isEmpty() ? new Bin(0, 0) : bins.remove(bins.size() - 1);
      bins.add(new Bin(last.share + rest.share, last.count + rest.count));
    }
  }

  private static ChiSquared of(List<Bin> bins, double m, double factor) {
    var statistic = 0.0;
    for (var bin : bins) {
      var expected = m * bin.share;
      statistic += (bin.count - expected) * (bin.count - expected) / expected;
    }
    var degrees = bins.size() - 1;
    return degrees < 1
        ? new ChiSquared(0, 0, 1)
        : new ChiSquared(
            statistic * factor,
            degrees,
            ChiSquaredDistribution.of(degrees).survivalProbability(statistic * factor));
  }
}
