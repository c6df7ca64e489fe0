package org.openmargin.map;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, "Matrix computations", 8.5).
 *
 * @param values descending
 * @param vectors {@code vectors[i]} belongs to {@code values[i]}, of unit length
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
record SymmetricEigen(double[] values, double[][] vectors) {
  private static final int SWEEPS = 60;

  static SymmetricEigen of(double[][] matrix) {
    var n = matrix.length;
    var a = IntStream.range(0, n).mapToObj(i -> matrix[i].clone()).toArray(double[][]::new);
    var vectors = new double[n][n];
    for (var i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (var sweep = 0; sweep < SWEEPS; sweep++) {
      for (var p = 0; p < n; p++) {
        for (var q = p + 1; q < n; q++) {
          rotate(a, vectors, p, q);
        }
      }
    }
    var order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -a[i][i]))
            .toList();
    return new SymmetricEigen(
        order.stream().mapToDouble(i -> a[i][i]).toArray(),
        order.stream().map(i -> vectors[i]).toArray(double[][]::new));
  }

  /** Makes {@code a[p][q]} zero; rows of {@code vectors} are turned along. */
  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    var tan = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    var cos = 1 / Math.sqrt(tan * tan + 1);
    var sin = tan * cos;
    turn(a[p], a[q], cos, sin);
    for (var row : a) {
      var left = row[p];
      row[p] = cos * left - sin * row[q];
      row[q] = sin * left + cos * row[q];
    }
    turn(vectors[p], vectors[q], cos, sin);
  }

  private static void turn(double[] p, double[] q, double cos, double sin) {
    for (var k = 0; k < p.length; k++) {
      var left = p[k];
      p[k] = cos * left - sin * q[k];
      q[k] = sin * left + cos * q[k];
    }
  }
}
