package org.openmargin.exporter;

import java.util.List;
import org.openmargin.nn.InputFormat;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Replaces an empty batch with one black image and drops its answer, because the fused convolutions
 * of oneDNN give a wrong shape for an empty batch (TensorFlow 2.18).
 *
 * @param count scalar, n
 * @param pixels [max(n, 1), height, width, channels]
 */
record NonEmptyBatch(Ops tf, Operand<TInt32> count, Operand<TUint8> pixels) {

  /**
   * @param pixels [n, height, width, channels]
   */
  static NonEmptyBatch of(Ops tf, Operand<TUint8> pixels, InputFormat format) {
    var count =
        tf.reshape(tf.slice(tf.shape(pixels), tf.array(0), tf.array(1)), tf.array(new int[0]));
    var missing = tf.math.maximum(tf.math.sub(tf.constant(1), count), tf.constant(0));
    var shape =
        List.<Operand<TInt32>>of(
            missing,
            tf.constant(format.height()),
            tf.constant(format.width()),
            tf.constant(format.channels()));
    var black = tf.fill(tf.stack(shape), tf.constant((byte) 0));
    return new NonEmptyBatch(tf, count, tf.concat(List.of(pixels, black), tf.constant(0)));
  }

  /** The first n rows of [max(n, 1), columns]. */
  Operand<TFloat32> rows(Operand<TFloat32> x) {
    var columns = tf.constant((int) x.shape().get(1));
    return tf.slice(x, tf.array(0, 0), tf.stack(List.of(count, columns)));
  }

  /** [n] to [max(n, 1)]. */
  Operand<TInt32> filled(Operand<TInt32> x) {
    var missing = tf.math.maximum(tf.math.sub(tf.array(1), tf.shape(x)), tf.constant(0));
    return tf.concat(List.of(x, tf.fill(missing, tf.constant(0))), tf.constant(0));
  }

  /** The first n of [max(n, 1), h, w]. */
  Operand<TFloat32> maps(Operand<TFloat32> x) {
    var h = tf.constant((int) x.shape().get(1));
    var w = tf.constant((int) x.shape().get(2));
    return tf.slice(x, tf.array(0, 0, 0), tf.stack(List.of(count, h, w)));
  }
}
