package org.openmargin.benchmark.table;

import java.util.Arrays;
import java.util.List;

/**
 * The exact two-sided sign-flip test (Fisher, 1935): if two methods do not differ, each difference
 * is as likely as its negative, so p is the share of all 2^n choices of signs whose sum is at least
 * as far from 0 as the observed one. The smallest p is 2 / 2^n.
 */
final class SignFlipTest {
  /** Sums of fractions closer than this are equal: floating-point noise. */
  private static final double RESOLUTION = 1e-9;

  /** Up to here, half of the signs are enumerated in memory: 2^20 sums. */
  private static final int MOST = 40;

  private SignFlipTest() {}

  /**
   * The probability, in O(2^(n/2) n).
   *
   * @param differences one for each independent pair
   * @return NaN for none, or more than 40
   */
  static double p(List<Double> differences) {
    int n = differences.size();
    if (n == 0 || n > MOST) {
      return Double.NaN;
    }
    var first = sums(differences.subList(0, n / 2));
    var second = sums(differences.subList(n / 2, n));
    Arrays.sort(second);
    double observed = Math.abs(differences.stream().mapToDouble(d -> d).sum()) - RESOLUTION;
    if (observed <= 0) {
      return 1;
    }
    double extreme = 0;
    for (double sum : first) {
      extreme += second.length - below(second, observed - sum);
    }
    // Signs come in pairs: what is at least the sum has as many opposites.
    return 2 * extreme / (first.length * (double) second.length);
  }

  /** The sums for all choices of signs. */
  private static double[] sums(List<Double> differences) {
    var sums = new double[1 << differences.size()];
    for (int signs = 0; signs < sums.length; signs++) {
      for (int i = 0; i < differences.size(); i++) {
        sums[signs] += (signs >> i & 1) == 0 ? differences.get(i) : -differences.get(i);
      }
    }
    return sums;
  }

  /** Number of sorted values below a limit. */
  private static int below(double[] sorted, double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
