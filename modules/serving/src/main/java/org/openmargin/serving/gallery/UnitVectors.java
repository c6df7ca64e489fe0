package org.openmargin.serving.gallery;

import java.util.List;

/** Vectors of length 1, and their cosines. */
final class UnitVectors {
  /** Shorter vectors are divided by this instead of their length, as in the network's layers. */
  static final double LEAST_LENGTH = 1e-6;

  private UnitVectors() {}

  /**
   * {@code x / max(|x|, 1e-6)}.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  static float[] of(float[] x) {
    var length = Math.sqrt(dot(x, x));
    if (!Double.isFinite(length)) {
      throw new IllegalArgumentException("an embedding holds a number that is not finite");
    }
    var factor = 1 / Math.max(length, LEAST_LENGTH);
    var unit = new float[x.length];
    for (var i = 0; i < x.length; i++) {
      unit[i] = (float) (x[i] * factor);
    }
    return unit;
  }

  static double dot(float[] a, float[] b) {
    double even = 0;
    double odd = 0;
    var i = 0;
    for (; i + 1 < a.length; i += 2) {
      even += (double) a[i] * b[i];
      odd += (double) a[i + 1] * b[i + 1];
    }
    return i < a.length ? even + odd + (double) a[i] * b[i] : even + odd;
  }

  /** {@code normalize(mean(x))}. */
  static float[] centroid(List<float[]> units) {
    return centroidWithout(units, -1);
  }

  /** The centroid of all but one, or of all if {@code left} is no index. */
  static float[] centroidWithout(List<float[]> units, int left) {
    var sum = new float[units.get(0).length];
    for (var i = 0; i < sum.length; i++) {
      double total = 0;
      for (var row = 0; row < units.size(); row++) {
        total += row == left ? 0 : units.get(row)[i];
      }
      sum[i] = (float) total;
    }
    return of(sum);
  }
}
