package org.openmargin.scoring.numeric;

import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;

/** Second moments of many rows, a block at a time, so that only one block is held as doubles. */
public final class Scatter {
  private static final int BLOCK = 1024;

  private Scatter() {}

  /**
   * {@code 1/n sum_i r_i r_i^T}.
   *
   * @param size d
   * @param row gives r_i, [d]
   * @return [d, d]
   */
  public static DMatrixRMaj of(int rows, int size, IntFunction<double[]> row) {
    var sum = new DMatrixRMaj(size, size);
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      var block = new DMatrixRMaj(count, size);
      for (int i = 0; i < count; i++) {
        System.arraycopy(row.apply(from + i), 0, block.data, i * size, size);
      }
      CommonOps_MT_DDRM.multAddTransA(block, block, sum);
    }
    CommonOps_DDRM.divide(sum, rows);
    return sum;
  }
}
