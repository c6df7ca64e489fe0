package org.openmargin.map;

import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.Vectors;

/**
 * Affinities between points, as in t-SNE. With squared Euclidean distances D and, for each point i,
 * a precision beta_i that gives its neighbours the wanted perplexity:
 *
 * <pre>
 * p_j|i = exp(-beta_i D_ij) / sum_{k != i} exp(-beta_i D_ik),   p_i|i = 0
 * perplexity = exp(H_i),   H_i = -sum_j p_j|i ln p_j|i
 * p_ij = (p_j|i + p_i|j) / (2 n)
 * </pre>
 *
 * <p>StrictMath throughout: equal bits on every machine.
 */
final class Affinities {
  /** Of the entropy, in nats. */
  static final double TOLERANCE = 1e-8;

  private static final int MOST_HALVINGS = 200;

  private Affinities() {}

  /** p_ij of points [n][d]: [n][n], symmetric, sums to 1. */
  static double[][] joint(double[][] points, double perplexity) {
    var p = conditional(points, perplexity);
    var n = p.length;
    for (var i = 0; i < n; i++) {
      for (var j = i + 1; j < n; j++) {
        var both = (p[i][j] + p[j][i]) / (2 * n);
        p[i][j] = both;
        p[j][i] = both;
      }
    }
    return p;
  }

  /** Row i holds p_j|i. */
  static double[][] conditional(double[][] points, double perplexity) {
    var n = points.length;
    var rows = new double[n][n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (var j = 0; j < n; j++) {
                rows[i][j] = Vectors.squaredDistance(points[i], points[j]);
              }
              neighbours(rows[i], i, StrictMath.log(perplexity));
            });
    return rows;
  }

  /**
   * Turns squared distances from point {@code self} into affinities, by bisection of beta. If more
   * points lie at the smallest distance than the perplexity asks for (duplicates), no beta reaches
   * it, and they share the affinity equally.
   */
  private static void neighbours(double[] distances, int self, double entropy) {
    var nearest = Double.POSITIVE_INFINITY;
    var sum = 0.0;
    for (var j = 0; j < distances.length; j++) {
      if (j != self) {
        nearest = Math.min(nearest, distances[j]);
        sum += distances[j];
      }
    }
    var excess = sum / (distances.length - 1) - nearest;
    var affinities = new double[distances.length];
    var low = 0.0;
    var high = Double.POSITIVE_INFINITY;
    var beta = excess > 0 ? 1 / excess : 1;
    for (var i = 0; i < MOST_HALVINGS; i++) {
      var difference = fill(affinities, distances, self, new Kernel(beta, nearest)) - entropy;
      if (Math.abs(difference) < TOLERANCE) {
        break;
      }
      low = difference > 0 ? beta : low;
      high = difference > 0 ? high : beta;
      beta = Double.isInfinite(high) ? Math.min(2 * beta, Double.MAX_VALUE) : (low + high) / 2;
    }
    System.arraycopy(affinities, 0, distances, 0, distances.length);
  }

  /** {@code exp(-beta (D - nearest))}: the nearest point always has 1, so no sum is 0. */
  private record Kernel(double beta, double nearest) {
    double of(double distance) {
      // 0 times a very large beta is 0, never NaN, because beta is finite.
      return StrictMath.exp(-beta * (distance - nearest));
    }
  }

  /** Writes p_j|i and returns their entropy: {@code ln Z + beta (mean of D - nearest)}. */
  private static double fill(double[] p, double[] distances, int self, Kernel kernel) {
    var sum = 0.0;
    var weighted = 0.0;
    for (var j = 0; j < p.length; j++) {
      p[j] = j == self ? 0 : kernel.of(distances[j]);
      sum += p[j];
      weighted += p[j] > 0 ? p[j] * (distances[j] - kernel.nearest()) : 0;
    }
    for (var j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return StrictMath.log(sum) + kernel.beta() * weighted / sum;
  }
}
