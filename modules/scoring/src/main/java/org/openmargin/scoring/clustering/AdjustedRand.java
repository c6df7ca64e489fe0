package org.openmargin.scoring.clustering;

import java.util.Arrays;

/**
 * Adjusted Rand index: agreement on pairs of points, 0 in expectation for random clusters. Source:
 * Hubert, Arabie, "Comparing partitions", Journal of Classification 1985.
 */
final class AdjustedRand {
  private AdjustedRand() {}

  static double of(Contingency table) {
    var together = Arrays.stream(table.counts()).mapToDouble(AdjustedRand::pairs).sum();
    var classes = pairs(table.classSizes());
    var clusters = pairs(table.clusterSizes());
    var all = pairs(new int[] {table.points()});
    var expected = all == 0 ? 0 : classes * clusters / all;
    var most = (classes + clusters) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(int[] sizes) {
    return Arrays.stream(sizes).mapToDouble(size -> size * (size - 1.0) / 2).sum();
  }
}
