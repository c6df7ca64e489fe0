package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** How alike rows are in direction. */
final class MutualCosine {
  private MutualCosine() {}

  /**
   * The mean cosine of all pairs of two different rows. With {@code u_i} the rows divided by their
   * length, it is {@code (|sum_i u_i|^2 - n) / (n (n - 1))}.
   *
   * @param rows [n, d], n at least 2 and known
   * @return scalar
   */
  static Operand<TFloat32> mean(Net net, Operand<TFloat32> rows) {
    var tf = net.tf();
    var n = (float) rows.shape().get(0);
    var squares = tf.reduceSum(tf.math.square(rows), tf.array(1), ReduceSum.keepDims(true));
    var lengths = tf.math.sqrt(tf.math.maximum(squares, tf.constant(1e-12f)));
    var sum = tf.reduceSum(tf.math.div(rows, lengths), tf.array(0));
    var all = tf.reduceSum(tf.math.square(sum), tf.array(0));
    return tf.math.div(tf.math.sub(all, tf.constant(n)), tf.constant(n * (n - 1)));
  }
}
