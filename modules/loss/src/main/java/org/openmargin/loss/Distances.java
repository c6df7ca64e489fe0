package org.openmargin.loss;

import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Where embeddings x lie relative to trained points, one per class: prototypes, or reciprocal
 * points.
 *
 * @param products {@code x . P_k}, [n, classes]
 * @param squared {@code d2_k = |x - P_k|^2 / d}, [n, classes]
 */
record Distances(Operand<TFloat32> products, Operand<TFloat32> squared) {
  private static final double DEVIATION = 0.1;

  /**
   * To the points {@code P_k}, initially drawn from {@code 0.1 N(0, 1)^d}. The squares are {@code
   * |x|^2 / d + |P_k|^2 / d - 2 x . P_k / d}: one matrix product and no tensor of [n, classes, d].
   * Their rounding error is about 1e-7 times {@code |x|^2 / d}.
   *
   * @param x [n, d]
   */
  static Distances toPoints(Net net, Operand<TFloat32> x, int classes, Rates rates) {
    var tf = net.tf();
    var d = x.shape().get(1);
    var points = points(net, x, classes, rates);
    var products = Layers.product(net, x, points);
    var lengths = tf.math.add(squaredLengths(net, x, true), squaredLengths(net, points, false));
    var difference = tf.math.sub(lengths, tf.math.mul(products, tf.constant(2f)));
    return new Distances(products, tf.math.mul(difference, tf.constant(1f / d)));
  }

  /** {@code P_k}: [classes, d]. */
  static Operand<TFloat32> points(Net net, Operand<TFloat32> x, int classes, Rates rates) {
    var shape = Shape.of(classes, x.shape().get(1));
    var role = new Variable.Trained(rates.points(), true);
    return net.trained("points", shape, role, Initializer.normal(DEVIATION));
  }

  /** R: a trained distance, a scalar that starts at 0 and is never decayed. */
  static Operand<TFloat32> radius(Net net, Rates rates) {
    return net.trained(
        "radius",
        Shape.scalar(),
        new Variable.Trained(rates.radius(), false),
        Initializer.constant(0));
  }

  /** Of each row: [n, 1] as a column, else [n]. */
  private static Operand<TFloat32> squaredLengths(Net net, Operand<TFloat32> rows, boolean column) {
    var tf = net.tf();
    return tf.reduceSum(tf.math.square(rows), tf.array(1), ReduceSum.keepDims(column));
  }
}
