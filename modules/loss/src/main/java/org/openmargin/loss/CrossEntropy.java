package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Cross-entropy between softmax and target: {@code -sum_k target_k log softmax(logits)_k}. */
final class CrossEntropy {
  private CrossEntropy() {}

  static void requireClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("at least two classes must be known, not " + classes);
    }
  }

  /**
   * @param logits [n, k]
   * @param target [n, k], rows sum to 1
   * @return [n]
   */
  static Operand<TFloat32> perRow(Net net, Operand<TFloat32> logits, Operand<TFloat32> target) {
    return net.tf().nn.softmaxCrossEntropyWithLogits(logits, target).loss();
  }

  /**
   * Targets of {@code elsewhere} for every class but the label, which has the rest of 1.
   *
   * @param labels [n]
   * @return [n, classes]
   */
  static Operand<TFloat32> smoothed(
      Net net, Operand<TInt32> labels, int classes, double elsewhere) {
    var at = 1 - elsewhere * (classes - 1);
    return oneHot(net, labels, classes, (float) at, (float) elsewhere);
  }

  /**
   * Rows with {@code at} in the column of the label and {@code elsewhere} in the others.
   *
   * @param labels [n]
   * @return [n, columns]
   */
  static Operand<TFloat32> oneHot(
      Net net, Operand<TInt32> labels, int columns, float at, float elsewhere) {
    var tf = net.tf();
    return tf.oneHot(labels, tf.constant(columns), tf.constant(at), tf.constant(elsewhere));
  }

  /**
   * Mean over all rows of {@code -log softmax(logits)_label}.
   *
   * @param logits [n, k]
   * @param labels [n]
   * @return scalar
   */
  static Operand<TFloat32> mean(Net net, Operand<TFloat32> logits, Operand<TInt32> labels) {
    var columns = (int) logits.shape().get(1);
    return mean(net, perRow(net, logits, oneHot(net, labels, columns, 1, 0)));
  }

  static Operand<TFloat32> mean(Net net, Operand<TFloat32> perRow) {
    return net.tf().math.mean(perRow, net.tf().array(0));
  }
}
