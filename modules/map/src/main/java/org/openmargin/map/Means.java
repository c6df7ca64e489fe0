package org.openmargin.map;

/** Means of rows, summed in a fixed order: equal input gives equal bits. */
final class Means {
  private Means() {}

  static double[] of(double[][] rows) {
    var mean = new double[rows[0].length];
    for (var row : rows) {
      for (var k = 0; k < mean.length; k++) {
        mean[k] += row[k] / rows.length;
      }
    }
    return mean;
  }

  /** The mean of {@code count} rows without one of them; a single row is its own mean. */
  static double[] without(double[] row, double[] mean, int count) {
    var others = Math.max(1, count - 1);
    var result = new double[mean.length];
    for (var k = 0; k < mean.length; k++) {
      result[k] = mean[k] + (mean[k] - row[k]) / others;
    }
    return result;
  }
}
