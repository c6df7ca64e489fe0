package org.openmargin.scoring.clustering;

import java.util.Arrays;

/**
 * Share of the points whose cluster is matched with their class, by the one-to-one matching of
 * clusters and classes that makes it largest (Kuhn, "The Hungarian Method", 1955). Points that are
 * noise, or in a cluster without a class, are wrong.
 */
final class HungarianAccuracy {
  private HungarianAccuracy() {}

  static double of(Contingency table) {
    var clusters = table.clusterSizes().length - 1;
    var side = Math.max(table.counts().length, clusters);
    var cost = new double[side][side];
    for (var i = 0; i < table.counts().length; i++) {
      for (var j = 0; j < clusters; j++) {
        cost[i][j] = -table.counts()[i][j];
      }
    }
    var right = 0.0;
    var columns = assignment(cost);
    for (var i = 0; i < side; i++) {
      right -= cost[i][columns[i]];
    }
    return right / table.points();
  }

  /**
   * Column of each row, of least total cost: shortest augmenting paths with potentials.
   *
   * @param cost square
   */
  private static int[] assignment(double[][] cost) {
    var n = cost.length;
    var rowOf = new int[n + 1];
    var u = new double[n + 1];
    var v = new double[n + 1];
    for (var row = 1; row <= n; row++) {
      augment(cost, row, rowOf, u, v);
    }
    var columns = new int[n];
    for (var column = 1; column <= n; column++) {
      columns[rowOf[column] - 1] = column - 1;
    }
    return columns;
  }

  private static void augment(double[][] cost, int row, int[] rowOf, double[] u, double[] v) {
    var n = cost.length;
    var least = new double[n + 1];
    var way = new int[n + 1];
    var used = new boolean[n + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    rowOf[0] = row;
    var at = 0;
    do {
      used[at] = true;
      var from = rowOf[at];
      var next = 0;
      for (var j = 1; j <= n; j++) {
        if (!used[j]) {
          var reduced = cost[from - 1][j - 1] - u[from] - v[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            way[j] = at;
          }
          next = next == 0 || least[j] < least[next] ? j : next;
        }
      }
      var delta = least[next];
      for (var j = 0; j <= n; j++) {
        if (used[j]) {
          u[rowOf[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      at = next;
    } while (rowOf[at] != 0);
    while (at != 0) {
      rowOf[at] = rowOf[way[at]];
      at = way[at];
    }
  }
}
