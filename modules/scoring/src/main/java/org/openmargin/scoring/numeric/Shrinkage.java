package org.openmargin.scoring.numeric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * How far a covariance estimated from few rows is drawn towards a multiple of the identity: {@code
 * (1 - a) S + a (trace(S) / d) I}.
 */
public sealed interface Shrinkage {

  /**
   * @param rows n rows of length d, without their mean
   * @param covariance S = 1/n sum_i x_i x_i^T
   * @return a, in [0, 1]
   */
  double of(double[][] rows, DMatrixRMaj covariance);

  /** The shrunk covariance. */
  default DMatrixRMaj apply(double[][] rows, DMatrixRMaj covariance) {
    double share = of(rows, covariance);
    double target = share * CommonOps_DDRM.trace(covariance) / covariance.numRows;
    var shrunk = covariance.copy();
    CommonOps_DDRM.scale(1 - share, shrunk);
    for (int i = 0; i < shrunk.numRows; i++) {
      shrunk.add(i, i, target);
    }
    return shrunk;
  }

  /**
   * The a with the least expected squared error, whatever the distribution (Ledoit and Wolf, "A
   * well-conditioned estimator for large-dimensional covariance matrices", Journal of Multivariate
   * Analysis 2004, lemma 3.2 to 3.5).
   */
  record LedoitWolf() implements Shrinkage {
    @Override
    public double of(double[][] rows, DMatrixRMaj covariance) {
      double squares = squaredNorm(covariance);
      double spread = squares - square(CommonOps_DDRM.trace(covariance)) / covariance.numRows;
      if (!(spread > 0)) {
        return 1;
      }
      double fourth = 0;
      for (var row : rows) {
        fourth += square(Vectors.dot(row, row));
      }
      double noise = (fourth / rows.length - squares) / rows.length;
      return Math.min(1, Math.max(0, noise / spread));
    }
  }

  /**
   * The same for Gaussian rows, better with few of them (Chen, Wiesel, Eldar, Hero, "Shrinkage
   * algorithms for MMSE covariance estimation", IEEE Transactions on Signal Processing 2010,
   * equation 23, in the form that scikit-learn has made common).
   */
  record Oas() implements Shrinkage {
    @Override
    public double of(double[][] rows, DMatrixRMaj covariance) {
      double d = covariance.numRows;
      double meanSquare = squaredNorm(covariance) / (d * d);
      double mean = square(CommonOps_DDRM.trace(covariance) / d);
      double spread = (rows.length + 1) * (meanSquare - mean / d);
      return spread > 0 ? Math.min(1, (meanSquare + mean) / spread) : 1;
    }
  }

  /**
   * Always the same.
   *
   * @param share a
   */
  record Fixed(double share) implements Shrinkage {
    public Fixed {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("shrinkage must be in [0, 1]; got " + share);
      }
    }

    @Override
    public double of(double[][] rows, DMatrixRMaj covariance) {
      return share;
    }
  }

  private static double squaredNorm(DMatrixRMaj matrix) {
    return square(NormOps_DDRM.normF(matrix));
  }

  private static double square(double x) {
    return x * x;
  }
}
