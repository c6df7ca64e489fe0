package org.openmargin.loss;

import org.openmargin.nn.Reference;

/**
 * GCPL, RPL and ARPL in plain Java and double precision: distances are sums of squared differences.
 *
 * @param temperature of the logits
 * @param weight of the extra term
 * @param d elements of an embedding
 */
record PointReference(double temperature, double weight, int d) {

  /** {@code |x_i - p_k|^2 / d}: [n, classes]. */
  double[] distances(double[] x, double[] points) {
    var n = x.length / d;
    var classes = points.length / d;
    var distances = new double[n * classes];
    for (var i = 0; i < distances.length; i++) {
      for (var e = 0; e < d; e++) {
        var difference = x[i / classes * d + e] - points[i % classes * d + e];
        distances[i] += difference * difference / d;
      }
    }
    return distances;
  }

  double gcpl(double[] x, double[] points, int[] labels) {
    var distances = distances(x, points);
    var own = 0.0;
    for (var i = 0; i < labels.length; i++) {
      own += distances[i * points.length / d + labels[i]] / labels.length;
    }
    return crossEntropy(scaled(distances, -1), labels) + weight * own / 2;
  }

  double rpl(double[] x, double[] points, double radius, int[] labels) {
    var distances = distances(x, points);
    var off = 0.0;
    for (var i = 0; i < labels.length; i++) {
      var own = distances[i * points.length / d + labels[i]];
      off += (own - radius) * (own - radius) / labels.length;
    }
    return crossEntropy(scaled(distances, 1), labels) + weight * off;
  }

  double arpl(double[] x, double[] points, double radius, int[] labels) {
    var distances = distances(x, points);
    var beyond = 0.0;
    for (var i = 0; i < labels.length; i++) {
      var own = distances[i * points.length / d + labels[i]];
      beyond += own + 1 > radius ? (own + 1 - radius) / labels.length : 0;
    }
    return crossEntropy(arplLogits(x, points), labels) + weight * beyond;
  }

  double[] arplLogits(double[] x, double[] points) {
    var logits = distances(x, points);
    var products = Reference.product(x, points, d);
    for (var i = 0; i < logits.length; i++) {
      logits[i] -= products[i];
    }
    return scaled(logits, 1);
  }

  private double[] scaled(double[] values, int sign) {
    var scaled = values.clone();
    for (var i = 0; i < scaled.length; i++) {
      scaled[i] *= sign / temperature;
    }
    return scaled;
  }

  /** {@code mean log sum_k exp(z_k - z_y)}. */
  static double crossEntropy(double[] logits, int[] labels) {
    var classes = logits.length / labels.length;
    var total = 0.0;
    for (var i = 0; i < labels.length; i++) {
      var sum = 0.0;
      for (var k = 0; k < classes; k++) {
        sum += Math.exp(logits[i * classes + k] - logits[i * classes + labels[i]]);
      }
      total += Math.log(sum) / labels.length;
    }
    return total;
  }

  /** Softmax of each row. */
  static double[] probabilities(double[] logits, int classes) {
    var probabilities = new double[logits.length];
    for (var i = 0; i < logits.length; i++) {
      var sum = 0.0;
      for (var k = 0; k < classes; k++) {
        sum += Math.exp(logits[i / classes * classes + k] - logits[i]);
      }
      probabilities[i] = 1 / sum;
    }
    return probabilities;
  }
}
