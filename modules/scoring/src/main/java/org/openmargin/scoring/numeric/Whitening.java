package org.openmargin.scoring.numeric;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * The map that turns a covariance into the identity: {@code x -> L^-1 (x - centre)} with {@code L
 * L^T = S + r I}, so that the squared length of the result is the squared Mahalanobis distance to
 * the centre.
 *
 * <p>The default ridge r is {@value #RIDGE} times the mean variance {@code trace(S) / d}, because S
 * is singular when embeddings have dead dimensions after a ReLU. A direction with less variance
 * than that counts as having that much. If nothing varies (trace 0), the covariance is taken as the
 * identity.
 *
 * @param centre [d]
 * @param matrix L^-1, [d][d], lower triangular
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record Whitening(double[] centre, double[][] matrix) {
  static final double RIDGE = 1e-6;

  /**
   * @param covariance S, symmetric, positive semidefinite
   */
  public static Whitening of(double[] centre, DMatrixRMaj covariance) {
    return of(centre, covariance, RIDGE);
  }

  /**
   * @param covariance S, symmetric, positive semidefinite
   * @param ridge r as a share of the mean variance
   */
  public static Whitening of(double[] centre, DMatrixRMaj covariance, double ridge) {
    int size = covariance.numRows;
    double meanVariance = CommonOps_DDRM.trace(covariance) / size;
    var ridged = covariance.copy();
    for (int i = 0; i < size; i++) {
      ridged.add(i, i, meanVariance > 0 ? ridge * meanVariance : 1);
    }
    var cholesky = DecompositionFactory_DDRM.chol(size, true);
    if (!cholesky.decompose(ridged)) {
      throw new IllegalArgumentException(
          "the covariance of the training embeddings is not positive definite; are they finite?");
    }
    var lower = cholesky.getT(new DMatrixRMaj(size, size));
    CommonOps_DDRM.invert(lower);
    var matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      // Above the diagonal there is only rounding error.
      System.arraycopy(lower.data, i * size, matrix[i], 0, i + 1);
    }
    return new Whitening(centre, matrix);
  }

  /**
   * The same map where each coordinate of {@code x - centre} is first multiplied by a factor.
   *
   * @param factors [d]
   */
  public Whitening after(double[] factors) {
    var scaled = new double[matrix.length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = matrix[i].clone();
      for (int j = 0; j < factors.length; j++) {
        scaled[i][j] *= factors[j];
      }
    }
    return new Whitening(centre, scaled);
  }

  /** {@code L^-1 (x - centre)}. */
  public double[] apply(double[] x) {
    var centred = Vectors.minus(x, centre);
    var result = new double[matrix.length];
    for (int i = 0; i < result.length; i++) {
      // Row i ends after its first i + 1 numbers; whole groups of four, for the same sum to the
      // bit.
      int end = Math.min(result.length, (i / 4 + 1) * 4);
      result[i] = Vectors.dot(centred, matrix[i], end);
    }
    return result;
  }

  /** Squared Mahalanobis distance to the centre. */
  public double squaredDistance(double[] x) {
    var whitened = apply(x);
    return Vectors.dot(whitened, whitened);
  }

  /** {@code log det(S + r I)}. */
  public double logDeterminant() {
    return -2 * IntStream.range(0, matrix.length).mapToDouble(i -> Math.log(matrix[i][i])).sum();
  }
}
