package org.openmargin.nn.layers;

import java.util.List;
import org.openmargin.nn.Net;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.IdentityN;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Batched matrix products whose gradient is as fast as they are: TensorFlow's own gradient uses
 * BatchMatMulV3, for which oneDNN has no kernel, and takes twice the time.
 *
 * <p>The gradient is attached to an IdentityN of the product and its factors, an operation without
 * a gradient of its own. Where this fails (on Windows, or if the process has attached another),
 * TensorFlow's is used, with the same result.
 */
final class BatchProduct {
  private static final boolean ATTACHED = attach();
  private static final String SUMMED_DIMENSION = "_summed_dimension";
  private static final long NONE = -1;

  private BatchProduct() {}

  private static boolean attach() {
    try {
      return TensorFlow.registerCustomGradient(IdentityN.OP_NAME, BatchProduct::gradient);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * @param constant [n, k]
   * @param x [batch, k, m]
   * @return [batch, n, m]
   */
  static Operand<TFloat32> ofConstant(Net net, Operand<TFloat32> constant, Operand<TFloat32> x) {
    return of(net, constant, x, NONE);
  }

  /**
   * @param a [p, t, q, n, k]
   * @param b [p, 1, q, k, m], the same for all t
   * @return [p, t, q, n, m]
   */
  static Operand<TFloat32> of(Net net, Operand<TFloat32> a, Operand<TFloat32> b) {
    return of(net, a, b, a.shape().get(1) == 1 ? NONE : 1);
  }

  private static Operand<TFloat32> of(
      Net net, Operand<TFloat32> a, Operand<TFloat32> b, long summedDimension) {
    var tf = net.tf();
    var product = product(tf, new Factor(a, false), new Factor(b, false));
    if (!ATTACHED) {
      return product;
    }
    var builder = tf.scope().opBuilder(IdentityN.OP_NAME, "BatchProduct");
    // Without the stop, TensorFlow would also apply its own gradient of the product.
    builder.addInputList(
        new Output<?>[] {tf.stopGradient(product).asOutput(), a.asOutput(), b.asOutput()});
    builder.setAttr(SUMMED_DIMENSION, summedDimension);
    return builder.build().<TFloat32>output(0);
  }

  /** The graph is locked here, so shapes cannot be queried: an attribute replaces them. */
  @SuppressWarnings("unchecked") // all are float32
  private static List<Operand<?>> gradient(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    var a = (Output<TFloat32>) op.input(1);
    var b = (Output<TFloat32>) op.input(2);
    var dy = (Output<TFloat32>) gradients.get(0);
    var da = product(tf, new Factor(dy, false), new Factor(b, true));
    var db = product(tf, new Factor(a, true), new Factor(dy, false));
    var summed = op.attributes().getAttrInt(SUMMED_DIMENSION);
    return List.of(
        dy,
        da,
        summed == NONE ? db : tf.reduceSum(db, tf.array((int) summed), ReduceSum.keepDims(true)));
  }

  private record Factor(Operand<TFloat32> matrices, boolean transposed) {}

  private static Operand<TFloat32> product(Ops tf, Factor a, Factor b) {
    var builder = tf.scope().opBuilder("BatchMatMulV2", "BatchProduct");
    builder.addInput(a.matrices().asOutput());
    builder.addInput(b.matrices().asOutput());
    builder.setAttr("adj_x", a.transposed());
    builder.setAttr("adj_y", b.transposed());
    return builder.build().<TFloat32>output(0);
  }
}
