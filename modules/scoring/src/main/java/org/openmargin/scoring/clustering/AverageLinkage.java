package org.openmargin.scoring.clustering;

import java.util.Arrays;

/**
 * Agglomerative clustering by mean cosine distance: clusters are merged, nearest first, as long as
 * the mean of {@code 1 - cosine} between their points is less than a distance. Exact, by chains of
 * nearest neighbours (Murtagh, 1983), in O(n^2) time and memory. A cluster of fewer points than
 * wanted is noise.
 *
 * @param distance in (0, 2]
 * @param leastSize fewest points of a cluster
 */
public record AverageLinkage(double distance, int leastSize) {
  /** The most points: a matrix of 400 MB. */
  public static final int MOST = 10_000;

  public AverageLinkage {
    if (!(distance > 0 && distance <= 2)) {
      throw new IllegalArgumentException(
          "a cosine distance must be between 0 and 2; got " + distance);
    }
    if (leastSize < 1) {
      throw new IllegalArgumentException("a cluster must have a point; got " + leastSize);
    }
  }

  /**
   * @param embeddings [n][d], compared by direction
   * @throws IllegalArgumentException if they are more than 10,000
   */
  public Clustering cluster(float[][] embeddings) {
    var n = embeddings.length;
    if (n > MOST) {
      throw new IllegalArgumentException(
          "average linkage takes at most %d points; got %d".formatted(MOST, n));
    }
    var merging = new Merging(UnitDistances.of(embeddings));
    merging.run(distance);
    return labels(merging.clusterOf);
  }

  private Clustering labels(int[] clusterOf) {
    var sizes = new int[clusterOf.length];
    Arrays.stream(clusterOf).forEach(cluster -> sizes[cluster]++);
    var labels = new int[clusterOf.length];
    Arrays.fill(labels, Clustering.NOISE);
    var next = 0;
    for (var cluster = 0; cluster < sizes.length; cluster++) {
      if (sizes[cluster] >= Math.max(1, leastSize)) {
        labels[cluster] = next++;
      }
    }
    return new Clustering(Arrays.stream(clusterOf).map(cluster -> labels[cluster]).toArray());
  }

  private static final class Merging {
    private final float[][] distances;
    private final int[] sizes;
    private final int[] clusterOf;

    private Merging(UnitDistances points) {
      var n = points.size();
      distances = new float[n][n];
      sizes = new int[n];
      clusterOf = new int[n];
      Arrays.fill(sizes, 1);
      for (var i = 0; i < n; i++) {
        clusterOf[i] = i;
        for (var j = 0; j < i; j++) {
          distances[i][j] = (float) points.cosine(i, j);
          distances[j][i] = distances[i][j];
        }
      }
    }

    /**
     * Chains give the merges of the dendrogram in another order, but a merge below the distance
     * never depends on one above it.
     */
    private void run(double limit) {
      var done = new boolean[sizes.length];
      var chain = new int[sizes.length];
      for (var start = 0; start < sizes.length; start++) {
        var length = 0;
        if (sizes[start] > 0 && !done[start]) {
          chain[length++] = start;
        }
        while (length > 0) {
          var top = chain[length - 1];
          var before = length > 1 ? chain[length - 2] : -1;
          var nearest = nearest(top, before, done);
          if (nearest < 0 || !(distances[top][nearest] < limit)) {
            done[top] = true;
            length--;
          } else if (nearest == before) {
            merge(top, before);
            length -= 2;
            if (length == 0) {
              chain[length++] = before;
            }
          } else {
            chain[length++] = nearest;
          }
        }
      }
    }

    /** The cluster before in the chain wins if it is as near as another. */
    private int nearest(int cluster, int before, boolean[] done) {
      var best = before;
      for (var other = 0; other < sizes.length; other++) {
        if (other != cluster
            && sizes[other] > 0
            && !done[other]
            && (best < 0 || distances[cluster][other] < distances[cluster][best])) {
          best = other;
        }
      }
      return best;
    }

    private void merge(int gone, int kept) {
      float a = sizes[gone];
      float b = sizes[kept];
      for (var other = 0; other < sizes.length; other++) {
        if (sizes[other] > 0 && other != gone && other != kept) {
          var mean = (a * distances[gone][other] + b * distances[kept][other]) / (a + b);
          distances[kept][other] = mean;
          distances[other][kept] = mean;
        }
      }
      sizes[kept] += sizes[gone];
      sizes[gone] = 0;
      for (var i = 0; i < clusterOf.length; i++) {
        if (clusterOf[i] == gone) {
          clusterOf[i] = kept;
        }
      }
    }
  }
}
