package org.openmargin.map;

import org.openmargin.scoring.numeric.Vectors;

/** Distance between two vectors. */
public enum Metric {
  /** {@code |a - b|}. */
  EUCLIDEAN {
    @Override
    public double between(double[] a, double[] b) {
      return Math.sqrt(Vectors.squaredDistance(a, b));
    }
  },
  /** {@code 1 - a.b / (|a| |b|)}, from 0 (same direction) to 2; 1 where a vector is zero. */
  COSINE {
    @Override
    public double between(double[] a, double[] b) {
      var lengths = length(a) * length(b);
      return lengths > 0 ? Math.max(0, 1 - Vectors.dot(a, b) / lengths) : 1;
    }
  };

  /** Distance of a and b, both [d]. */
  public abstract double between(double[] a, double[] b);

  static double length(double[] a) {
    return Math.sqrt(Vectors.dot(a, a));
  }
}
