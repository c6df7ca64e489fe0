package org.openmargin.map;

/** Sums over vectors, always in the order of their elements: equal input, equal bits. */
final class Vectors {
  private Vectors() {}

  public static double dot(double[] a, double[] b) {
    var sum = 0.0;
    for (var k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  public static double squaredDistance(double[] a, double[] b) {
    var sum = 0.0;
    for (var k = 0; k < a.length; k++) {
      var difference = a[k] - b[k];
      sum += difference * difference;
    }
    return sum;
  }

  /** {@code target += factor * a}. */
  static void add(double[] target, double factor, double[] a) {
    for (var k = 0; k < a.length; k++) {
      target[k] += factor * a[k];
    }
  }

  static double[] mean(double[][] rows) {
    var mean = new double[rows[0].length];
    for (var row : rows) {
      add(mean, 1.0 / rows.length, row);
    }
    return mean;
  }
}
