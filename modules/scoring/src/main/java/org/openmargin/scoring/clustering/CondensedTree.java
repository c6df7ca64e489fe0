package org.openmargin.scoring.clustering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openmargin.scoring.clustering.SpanningTree.Merge;

/**
 * A dendrogram in which a cluster that loses fewer points than a cluster must have stays the same
 * cluster. The density is {@code lambda = 1/distance}; the stability of a cluster is the sum, over
 * its points, of the lambda at which they leave it minus the lambda at which it began.
 */
final class CondensedTree {
  /** Shorter distances have the density of this one. */
  private static final double LEAST_DISTANCE = 1e-9;

  private final Merge[] merges;
  private final int leastSize;

  // Per cluster, in order of appearance, so a parent comes before its children; 0 is the root.
  private final List<Integer> parents = new ArrayList<>();
  private final List<Double> births = new ArrayList<>();
  private final List<Double> stabilities = new ArrayList<>();

  /** The cluster that each point leaves. */
  private final int[] clusterOf;

  private record Open(int node, int cluster) {}

  private CondensedTree(Merge[] merges, int leastSize) {
    this.merges = merges;
    this.leastSize = leastSize;
    this.clusterOf = new int[merges.length + 1];
  }

  static CondensedTree of(Merge[] merges, int leastSize) {
    var tree = new CondensedTree(merges, leastSize);
    tree.condense();
    return tree;
  }

  private int points() {
    return clusterOf.length;
  }

  private int size(int node) {
    return node < points() ? 1 : merges[node - points()].size();
  }

  private int begin(int parent, double birth) {
    parents.add(parent);
    births.add(birth);
    stabilities.add(0.0);
    return parents.size() - 1;
  }

  private void leave(int cluster, double lambda, int count) {
    stabilities.set(cluster, stabilities.get(cluster) + (lambda - births.get(cluster)) * count);
  }

  private void condense() {
    var open = new ArrayDeque<Open>();
    open.push(new Open(2 * points() - 2, begin(-1, 0)));
    while (!open.isEmpty()) {
      var next = open.pop();
      var merge = merges[next.node() - points()];
      var lambda = 1 / Math.max(merge.distance(), LEAST_DISTANCE);
      leaveOrStay(next.cluster(), merge, lambda, open);
    }
  }

  private void leaveOrStay(int cluster, Merge merge, double lambda, ArrayDeque<Open> open) {
    var splits = size(merge.left()) >= leastSize && size(merge.right()) >= leastSize;
    for (var child : new int[] {merge.left(), merge.right()}) {
      if (splits) {
        leave(cluster, lambda, size(child));
        open.push(new Open(child, begin(cluster, lambda)));
      } else if (size(child) >= leastSize) {
        open.push(new Open(child, cluster));
      } else {
        leave(cluster, lambda, size(child));
        pointsBelow(child).forEach(point -> clusterOf[point] = cluster);
      }
    }
  }

  private List<Integer> pointsBelow(int node) {
    var found = new ArrayList<Integer>();
    var open = new ArrayDeque<Integer>(List.of(node));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (next < points()) {
        found.add(next);
      } else {
        open.push(merges[next - points()].left());
        open.push(merges[next - points()].right());
      }
    }
    return found;
  }

  /** The clusters whose stability is at least that of the best clusters below them. */
  Clustering clustering() {
    var count = parents.size();
    var best = new double[count];
    var below = new double[count];
    var chosen = new boolean[count];
    for (var cluster = count - 1; cluster > 0; cluster--) {
      chosen[cluster] = !(below[cluster] > stabilities.get(cluster));
      best[cluster] = Math.max(below[cluster], stabilities.get(cluster));
      below[parents.get(cluster)] += best[cluster];
    }
    var labels = new int[count];
    Arrays.fill(labels, Clustering.NOISE);
    var next = 0;
    for (var cluster = 1; cluster < count; cluster++) {
      var above = labels[parents.get(cluster)];
      if (above != Clustering.NOISE) {
        labels[cluster] = above;
      } else if (chosen[cluster]) {
        labels[cluster] = next++;
      }
    }
    return new Clustering(Arrays.stream(clusterOf).map(cluster -> labels[cluster]).toArray());
  }
}
