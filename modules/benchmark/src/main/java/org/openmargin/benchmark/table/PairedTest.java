package org.openmargin.benchmark.table;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether one method is better than another on the same trials. All p values are two-sided.
 *
 * @param difference mean over the trials, and its 95 % interval
 * @param pairedT p of the paired t test; NaN for fewer than two trials, and if all differences are
 *     equal but not 0 (no spread)
 * @param wilcoxon p of the exact signed-rank test (Wilcoxon, 1945): equal pairs are dropped, equal
 *     differences share their mean rank
 * @param sign p of the exact sign test: equal pairs are dropped
 */
public record PairedTest(Summary difference, double pairedT, double wilcoxon, double sign) {

  /** Differences closer than this are equal: floating-point noise. */
  private static final double RESOLUTION = 1e-12;

  /**
   * @param differences of fractions, one per trial
   */
  public static PairedTest of(List<Double> differences) {
    var exact = differences.stream().map(d -> Math.rint(d / RESOLUTION) * RESOLUTION).toList();
    var summary = Summary.of(exact);
    var unequal = exact.stream().filter(d -> d != 0).toList();
    return new PairedTest(summary, pairedT(summary), wilcoxon(unequal), sign(unequal));
  }

  private static double pairedT(Summary differences) {
    if (differences.count() < 2) {
      return Double.NaN;
    }
    if (differences.deviation() == 0) {
      return differences.mean() == 0 ? 1 : Double.NaN;
    }
    double t = differences.mean() / (differences.deviation() / Math.sqrt(differences.count()));
    return 2 * TDistribution.of(differences.count() - 1).survivalProbability(Math.abs(t));
  }

  private static double wilcoxon(List<Double> differences) {
    var ranks = new int[differences.size()];
    int positive = 0;
    int all = 0;
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = twiceTheRank(differences, differences.get(i));
      all += ranks[i];
      positive += differences.get(i) > 0 ? ranks[i] : 0;
    }
    // chance[s]: probability that positive ranks sum to s / 2, with random signs.
    var chance = new double[all + 1];
    chance[0] = 1;
    for (int rank : ranks) {
      for (int sum = all; sum >= 0; sum--) {
        chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
      }
    }
    return twoSided(chance, positive);
  }

  /** Twice the mean rank of {@code |d|}: a whole number even with ties. */
  private static int twiceTheRank(List<Double> differences, double d) {
    int rank = 1;
    for (double other : differences) {
      rank += Math.abs(other) < Math.abs(d) ? 2 : Math.abs(other) == Math.abs(d) ? 1 : 0;
    }
    return rank;
  }

  private static double sign(List<Double> differences) {
    var chance = new double[differences.size() + 1];
    chance[0] = 1;
    for (int i = 0; i < differences.size(); i++) {
      for (int k = differences.size(); k >= 0; k--) {
        chance[k] = (chance[k] + (k > 0 ? chance[k - 1] : 0)) / 2;
      }
    }
    return twoSided(chance, (int) differences.stream().filter(d -> d > 0).count());
  }

  /** Twice the smaller of the probabilities of at most and of at least {@code seen}. */
  private static double twoSided(double[] chance, int seen) {
    double atMost = 0;
    double atLeast = 0;
    for (int value = 0; value < chance.length; value++) {
      atMost += value <= seen ? chance[value] : 0;
      atLeast += value >= seen ? chance[value] : 0;
    }
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }
}
