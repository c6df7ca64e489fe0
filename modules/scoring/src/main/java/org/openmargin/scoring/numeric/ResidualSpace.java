package org.openmargin.scoring.numeric;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** What principal component analysis leaves out. */
public final class ResidualSpace {
  private ResidualSpace() {}

  /**
   * All eigenvectors but those with the largest eigenvalues.
   *
   * @param moments [d, d], symmetric, positive semidefinite
   * @param principal how many are left out, less than d
   * @return [d - principal][d], orthonormal rows
   */
  public static double[][] of(DMatrixRMaj moments, int principal) {
    int size = moments.numRows;
    var eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(moments)) {
      throw new IllegalArgumentException(
          "the principal space of the training embeddings cannot be found; are they finite?");
    }
    return IntStream.range(0, size)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> eigen.getEigenvalue(i).getReal()).reversed())
        .skip(principal)
        .map(i -> eigen.getEigenVector(i).data)
        .toArray(double[][]::new);
  }
}
