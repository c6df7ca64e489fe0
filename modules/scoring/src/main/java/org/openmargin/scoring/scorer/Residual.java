package org.openmargin.scoring.scorer;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openmargin.scoring.numeric.ResidualSpace;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * The part of an embedding outside a principal space: {@code R (f(x) - o)}.
 *
 * @param unitLength whether f divides by the length, see {@link LinearHead}
 * @param origin o, [d]
 * @param space its basis is R, [d - D][d]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record Residual(boolean unitLength, double[] origin, ResidualSpace space) {

  /** See {@link Vim}. */
  static Residual fit(TrainingOutputs training, LinearHead linear, int dimensions) {
    var origin = origin(linear);
    int size = origin.length;
    var moments =
        Scatter.of(
            training.size(),
            size,
            row -> Vectors.minus(linear.feature(training.embedding(row)), origin));
    var space = ResidualSpace.of(moments, dimensions);
    return new Residual(linear.unitLength(), origin, space);
  }

  /** {@code -W^+ b}. */
  private static double[] origin(LinearHead linear) {
    int size = linear.weights()[0].length;
    var inverse = new DMatrixRMaj(size, linear.bias().length);
    CommonOps_DDRM.pinv(new DMatrixRMaj(linear.weights()), inverse);
    var origin = new DMatrixRMaj(size, 1);
    CommonOps_DDRM.mult(
        -1, inverse, DMatrixRMaj.wrap(linear.bias().length, 1, linear.bias()), origin);
    return origin.data;
  }

  /** {@code |R (f(x) - o)|}. */
  double length(double[] embedding) {
    var centred = Vectors.minus(unitLength ? Vectors.unit(embedding) : embedding, origin);
    return space.length(centred);
  }
}
