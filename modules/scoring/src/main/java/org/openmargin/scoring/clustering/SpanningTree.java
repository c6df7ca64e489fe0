package org.openmargin.scoring.clustering;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A minimum spanning tree of n points.
 *
 * @param edges n - 1, shortest first
 */
record SpanningTree(List<Edge> edges) {

  record Edge(int a, int b, double length) {}

  /**
   * Two nodes that become one: points are numbered from 0 to n - 1, the i-th merge is n + i.
   *
   * @param size points in the new node
   */
  record Merge(int left, int right, double distance, int size) {}

  /** By mutual reachability distances; Prim's algorithm. */
  static SpanningTree of(UnitDistances distances, double[] core) {
    var n = core.length;
    var nearest = new double[n];
    var from = new int[n];
    var taken = new boolean[n];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    var edges = new Edge[n - 1];
    var last = 0;
    for (var e = 0; e < n - 1; e++) {
      taken[last] = true;
      var next = -1;
      for (var i = 0; i < n; i++) {
        if (!taken[i]) {
          var reach = Math.max(distances.euclidean(last, i), Math.max(core[last], core[i]));
          if (reach < nearest[i]) {
            nearest[i] = reach;
            from[i] = last;
          }
          if (next < 0 || nearest[i] < nearest[next]) {
            next = i;
          }
        }
      }
      edges[e] = new Edge(from[next], next, nearest[next]);
      last = next;
    }
    Arrays.sort(edges, Comparator.comparingDouble(Edge::length));
    return new SpanningTree(List.of(edges));
  }

  /** Single linkage: the n - 1 merges, in order; the last one is the root. */
  Merge[] merges() {
    var n = edges.size() + 1;
    var parent = IntStream.range(0, 2 * n - 1).toArray();
    var sizes = new int[2 * n - 1];
    Arrays.fill(sizes, 0, n, 1);
    var merges = new Merge[n - 1];
    for (var i = 0; i < merges.length; i++) {
      var edge = edges.get(i);
      var left = root(parent, edge.a());
      var right = root(parent, edge.b());
      sizes[n + i] = sizes[left] + sizes[right];
      parent[left] = n + i;
      parent[right] = n + i;
      merges[i] = new Merge(left, right, edge.length(), sizes[n + i]);
    }
    return merges;
  }

  private static int root(int[] parent, int node) {
    var root = node;
    while (parent[root] != root) {
      root = parent[root];
    }
    var at = node;
    while (parent[at] != root && at != root) {
      var next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  }
}
