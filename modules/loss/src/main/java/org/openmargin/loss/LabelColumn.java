package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The one column of each row that belongs to the row's label. */
final class LabelColumn {
  private LabelColumn() {}

  /**
   * {@code values_y}.
   *
   * @param values [n, classes]
   * @param labels [n]
   * @return [n]
   */
  static Operand<TFloat32> of(Net net, Operand<TFloat32> values, Operand<TInt32> labels) {
    var tf = net.tf();
    var oneHot = CrossEntropy.oneHot(net, labels, classes(values), 1, 0);
    return tf.reduceSum(tf.math.mul(values, oneHot), tf.array(1));
  }

  /**
   * {@code others} in the label's column, {@code values} in all other columns.
   *
   * @param values [n, classes]
   * @param others [n, classes]
   * @param labels [n]
   * @return [n, classes]
   */
  static Operand<TFloat32> replaced(
      Net net, Operand<TFloat32> values, Operand<TFloat32> others, Operand<TInt32> labels) {
    var tf = net.tf();
    var isLabel =
        tf.oneHot(labels, tf.constant(classes(values)), tf.constant(true), tf.constant(false));
    return tf.select(isLabel, others, values);
  }

  private static int classes(Operand<TFloat32> values) {
    return (int) values.shape().get(1);
  }
}
