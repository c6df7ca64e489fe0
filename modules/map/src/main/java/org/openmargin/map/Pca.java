package org.openmargin.map;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Principal components: the directions in which rows vary most, that is the first eigenvectors of
 * the covariance {@code S = sum_i (x_i - m)(x_i - m)^T / (n - 1)} (Pearson 1901). Found by subspace
 * iteration with a Rayleigh-Ritz step (Golub and Van Loan, "Matrix computations", 8.2.4), so only
 * the few that are asked for cost anything. The sign of a component is such that its element of
 * largest size is positive.
 *
 * @param mean m, [d]
 * @param components [k][d], of unit length and orthogonal; all zero where rows do not vary any more
 * @param variances [k], descending eigenvalues
 * @param totalVariance trace of S
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record Pca(double[] mean, double[][] components, double[] variances, double totalVariance) {
  /** Vectors more than asked for: they make the iteration converge sooner. */
  private static final int SPARE = 6;

  private static final int MOST_ITERATIONS = 1000;
  private static final double TOLERANCE = 1e-12;

  /** What is left of a vector, relative to its length, when it depends on others. */
  private static final double DEPENDENT = 1e-13;

  /**
   * Fits the components.
   *
   * @param rows [n][d], n at least 2; not changed
   * @param count k, at most d
   * @throws IllegalArgumentException with fewer than two rows or more components than dimensions
   */
  public static Pca fit(double[][] rows, int count) {
    if (rows.length < 2 || count < 1 || count > rows[0].length) {
      throw new IllegalArgumentException(
          "PCA needs at least 2 rows and 1 to d components; got %d rows and %d components"
              .formatted(rows.length, count));
    }
    var mean = Vectors.mean(rows);
    var covariance = covariance(rows, mean);
    var block = start(Math.min(count + SPARE, mean.length), mean.length);
    var ritz = ritz(covariance, block);
    for (var i = 0; i < MOST_ITERATIONS && residual(covariance, ritz, count) > TOLERANCE; i++) {
      ritz = ritz(covariance, product(covariance, ritz.vectors()));
    }
    var components = Arrays.copyOf(ritz.vectors(), count);
    Arrays.stream(components).forEach(Pca::fixSign);
    var variances = Arrays.stream(ritz.values()).limit(count).map(v -> Math.max(0, v)).toArray();
    return new Pca(mean, components, variances, trace(covariance));
  }

  /**
   * Coordinates of a row along the components.
   *
   * @param row [d]
   * @return [k]
   */
  public double[] project(double[] row) {
    var centred = row.clone();
    Vectors.add(centred, -1, mean);
    return Arrays.stream(components).mapToDouble(c -> Vectors.dot(c, centred)).toArray();
  }

  /** Share of the total variance along one component, from 0 to 1. */
  public double explained(int component) {
    return totalVariance > 0 ? variances[component] / totalVariance : 0;
  }

  private static double[][] covariance(double[][] rows, double[] mean) {
    // Columns side by side in memory: each element is one sum over rows, in order.
    var columns = new double[mean.length][rows.length];
    for (var i = 0; i < rows.length; i++) {
      for (var k = 0; k < mean.length; k++) {
        columns[k][i] = rows[i][k] - mean[k];
      }
    }
    return IntStream.range(0, mean.length)
        .parallel()
        .mapToObj(
            k ->
                Arrays.stream(columns)
                    .mapToDouble(c -> Vectors.dot(columns[k], c) / (rows.length - 1))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static double[][] start(int vectors, int dimensions) {
    var random = new Random(0);
    return IntStream.range(0, vectors)
        .mapToObj(v -> random.doubles(dimensions, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  /** The best approximations of eigenvectors that combinations of these vectors can give. */
  private static SymmetricEigen ritz(double[][] covariance, double[][] block) {
    orthonormalize(block);
    var image = product(covariance, block);
    var small =
        Arrays.stream(block)
            .map(b -> Arrays.stream(image).mapToDouble(c -> Vectors.dot(b, c)).toArray())
            .toArray(double[][]::new);
    var eigen = SymmetricEigen.of(small);
    var vectors = new double[block.length][block[0].length];
    for (var i = 0; i < block.length; i++) {
      for (var j = 0; j < block.length; j++) {
        Vectors.add(vectors[i], eigen.vectors()[i][j], block[j]);
      }
    }
    return new SymmetricEigen(eigen.values(), vectors);
  }

  /** S times each vector; S is symmetric. */
  private static double[][] product(double[][] covariance, double[][] vectors) {
    return Arrays.stream(vectors)
        .map(v -> Arrays.stream(covariance).mapToDouble(row -> Vectors.dot(row, v)).toArray())
        .toArray(double[][]::new);
  }

  /** Gram-Schmidt, twice for accuracy; a vector that depends on those before becomes zero. */
  private static void orthonormalize(double[][] block) {
    for (var i = 0; i < block.length; i++) {
      var row = block[i];
      var before = Vectors.length(row);
      for (var pass = 0; pass < 2; pass++) {
        for (var j = 0; j < i; j++) {
          Vectors.add(row, -Vectors.dot(row, block[j]), block[j]);
        }
      }
      var length = Vectors.length(row);
      var factor = length > DEPENDENT * before ? 1 / length : 0;
      Arrays.setAll(row, k -> factor * row[k]);
    }
  }

  /** Largest {@code |S v - value v|} of the first pairs, relative to the largest eigenvalue. */
  private static double residual(double[][] covariance, SymmetricEigen pairs, int count) {
    var image = product(covariance, Arrays.copyOf(pairs.vectors(), count));
    var largest = 0.0;
    for (var i = 0; i < count; i++) {
      Vectors.add(image[i], -pairs.values()[i], pairs.vectors()[i]);
      largest = Math.max(largest, Vectors.length(image[i]));
    }
    return largest / pairs.values()[0];
  }

  private static void fixSign(double[] component) {
    var largest = 0;
    for (var k = 1; k < component.length; k++) {
      largest = Math.abs(component[k]) > Math.abs(component[largest]) ? k : largest;
    }
    var sign = Math.signum(component[largest]);
    Arrays.setAll(component, k -> sign * component[k]);
  }

  private static double trace(double[][] matrix) {
    return IntStream.range(0, matrix.length).mapToDouble(k -> matrix[k][k]).sum();
  }
}
