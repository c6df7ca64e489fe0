package org.openmargin.scoring.numeric;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * What principal component analysis leaves out.
 *
 * @param basis [d - principal][d], orthonormal rows
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record ResidualSpace(double[][] basis) {

  /**
   * All eigenvectors but those with the largest eigenvalues.
   *
   * @param moments [d, d], symmetric, positive semidefinite
   * @param principal how many are left out, less than d
   */
  public static ResidualSpace of(DMatrixRMaj moments, int principal) {
    int size = moments.numRows;
    var eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(moments)) {
      throw new IllegalArgumentException(
          "the principal space of the training embeddings cannot be found; are they finite?");
    }
    return new ResidualSpace(
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> eigen.getEigenvalue(i).getReal())
                    .reversed())
            .skip(principal)
            .map(i -> eigen.getEigenVector(i).data)
            .toArray(double[][]::new));
  }

  /** Length of the part of a vector in this space. */
  public double length(double[] x) {
    double sum = 0;
    for (var row : basis) {
      double coordinate = Vectors.dot(row, x);
      sum += coordinate * coordinate;
    }
    return Math.sqrt(sum);
  }
}
