package org.openmargin.map;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;

/**
 * Principal components: the directions in which rows vary most, i.e. the leading eigenvectors of
 * the covariance {@code S = sum_i (x_i - m)(x_i - m)^T / (n - 1)} (Pearson 1901). The sign of each
 * component makes its element of largest magnitude positive.
 *
 * @param mean m, [d]
 * @param components [k][d], of unit length and orthogonal
 * @param variances [k], descending eigenvalues
 * @param totalVariance trace of S
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record Pca(double[] mean, double[][] components, double[] variances, double totalVariance) {

  /**
   * @param rows [n][d], n at least 2; not changed
   * @param count k, at most d
   * @throws IllegalArgumentException with fewer than two rows, more components than dimensions, or
   *     numbers that are not finite
   */
  public static Pca fit(double[][] rows, int count) {
    if (rows.length < 2 || count < 1 || count > rows[0].length) {
      throw new IllegalArgumentException(
          "PCA needs at least 2 rows and 1 to d components; got %d rows and %d components"
              .formatted(rows.length, count));
    }
    var size = rows[0].length;
    var mean = Means.of(rows);
    var covariance = Scatter.of(rows.length, size, i -> Vectors.minus(rows[i], mean));
    CommonOps_DDRM.scale(rows.length / (rows.length - 1.0), covariance);
    var total = CommonOps_DDRM.trace(covariance);
    var eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(covariance)) {
      throw new IllegalArgumentException("PCA needs finite numbers");
    }
    var largest =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> eigen.getEigenvalue(i).getReal())
                    .reversed())
            .limit(count)
            .toList();
    return new Pca(
        mean,
        largest.stream().map(i -> signed(eigen.getEigenVector(i).data)).toArray(double[][]::new),
        largest.stream().mapToDouble(i -> Math.max(0, eigen.getEigenvalue(i).getReal())).toArray(),
        total);
  }

  private static double[] signed(double[] component) {
    var largest = 0;
    for (var k = 1; k < component.length; k++) {
      largest = Math.abs(component[k]) > Math.abs(component[largest]) ? k : largest;
    }
    var sign = Math.signum(component[largest]);
    return Arrays.stream(component).map(c -> sign * c).toArray();
  }

  /** Coordinates [k] of a row [d] along the components. */
  public double[] project(double[] row) {
    var centred = Vectors.minus(row, mean);
    return Arrays.stream(components).mapToDouble(c -> Vectors.dot(c, centred)).toArray();
  }

  /** Share of the total variance along one component, from 0 to 1. */
  public double explained(int component) {
    return totalVariance > 0 ? variances[component] / totalVariance : 0;
  }
}
