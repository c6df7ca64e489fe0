package org.openmargin.scoring.clustering;

import java.util.Arrays;

/**
 * Adjusted mutual information: {@code (MI - E[MI]) / ((H(classes) + H(clusters))/2 - E[MI])}, the
 * expectation being over random clusters of the same sizes. Source: Vinh, Epps, Bailey,
 * "Information Theoretic Measures for Clusterings Comparison", JMLR 2010, with the arithmetic mean.
 */
final class AdjustedMutualInformation {
  private static final double LEAST = 1e-15;

  private AdjustedMutualInformation() {}

  static double of(Contingency table) {
    var classes = present(table.classSizes());
    var clusters = present(table.clusterSizes());
    if (classes.length == 1 && clusters.length == 1) {
      return 1;
    }
    var n = table.points();
    var expected = expected(classes, clusters, n);
    var most = (entropy(classes, n) + entropy(clusters, n)) / 2;
    var room = most - expected;
    // As in scikit-learn: no room for adjustment gives a finite number.
    room = room < 0 ? Math.min(room, -LEAST) : Math.max(room, LEAST);
    return (information(table, n) - expected) / room;
  }

  private static int[] present(int[] sizes) {
    return Arrays.stream(sizes).filter(size -> size > 0).toArray();
  }

  private static double entropy(int[] sizes, double n) {
    return -Arrays.stream(sizes).mapToDouble(size -> size / n * Math.log(size / n)).sum();
  }

  private static double information(Contingency table, double n) {
    var rows = table.classSizes();
    var columns = table.clusterSizes();
    var sum = 0.0;
    for (var i = 0; i < rows.length; i++) {
      for (var j = 0; j < columns.length; j++) {
        double both = table.counts()[i][j];
        sum += both == 0 ? 0 : both / n * Math.log(n * both / ((double) rows[i] * columns[j]));
      }
    }
    return sum;
  }

  /** Equation 24a of the paper. */
  private static double expected(int[] classes, int[] clusters, int n) {
    var logFactorial = new double[n + 1];
    for (var i = 2; i <= n; i++) {
      logFactorial[i] = logFactorial[i - 1] + Math.log(i);
    }
    var sum = 0.0;
    for (var a : classes) {
      for (var b : clusters) {
        for (var both = Math.max(1, a + b - n); both <= Math.min(a, b); both++) {
          var logProbability =
              logFactorial[a]
                  + logFactorial[b]
                  + logFactorial[n - a]
                  + logFactorial[n - b]
                  - logFactorial[n]
                  - logFactorial[both]
                  - logFactorial[a - both]
                  - logFactorial[b - both]
                  - logFactorial[n - a - b + both];
          var share = (double) both / n;
          sum += share * Math.log((double) n * both / ((double) a * b)) * Math.exp(logProbability);
        }
      }
    }
    return sum;
  }
}
