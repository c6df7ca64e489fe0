package org.openmargin.scoring.clustering;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Hierarchical density-based clustering: clusters are what persists longest while the density that
 * counts as a cluster rises; the number of clusters follows from the data, and points in sparse
 * regions are noise. Exact, in O(n^2 d) time and O(n d) memory: the minimum spanning tree of mutual
 * reachability distances {@code max(core(a), core(b), |a - b|)}, see {@link SpanningTree}, is
 * condensed, see {@link CondensedTree}. The whole is never a cluster.
 *
 * <p>Source: Campello, Moulavi, Sander, "Density-Based Clustering Based on Hierarchical Density
 * Estimates", PAKDD 2013; excess of mass as in scikit-learn's HDBSCAN.
 *
 * @param leastSize fewest points of a cluster, at least 2
 * @param neighbours the core distance is that to the neighbour of this rank, the point itself being
 *     the first
 */
public record Hdbscan(int leastSize, int neighbours) {

  public Hdbscan {
    if (leastSize < 2) {
      throw new IllegalArgumentException("a cluster must have at least 2 points; got " + leastSize);
    }
    if (neighbours < 1) {
      throw new IllegalArgumentException(
          "the rank of the neighbour must be at least 1; got " + neighbours);
    }
  }

  /**
   * @param embeddings [n][d], compared by direction
   */
  public Clustering cluster(float[][] embeddings) {
    if (embeddings.length < Math.max(leastSize, neighbours)) {
      var noise = new int[embeddings.length];
      Arrays.fill(noise, Clustering.NOISE);
      return new Clustering(noise);
    }
    var distances = UnitDistances.of(embeddings);
    var tree = SpanningTree.of(distances, coreDistances(distances));
    return CondensedTree.of(tree.merges(), leastSize).clustering();
  }

  private double[] coreDistances(UnitDistances distances) {
    var core = new double[distances.size()];
    for (var i = 0; i < core.length; i++) {
      var nearest = new PriorityQueue<Double>((a, b) -> Double.compare(b, a));
      for (var j = 0; j < core.length; j++) {
        nearest.add(i == j ? 0 : distances.euclidean(i, j));
        if (nearest.size() > neighbours) {
          nearest.remove();
        }
      }
      core[i] = nearest.element();
    }
    return core;
  }
}
