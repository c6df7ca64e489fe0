package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** One image out of two of different classes; each of the two keeps at least a quarter of it. */
final class Mixtures {
  private static final double CENTRE = 0.5;
  private static final double RADIUS = 0.25;

  private Mixtures() {}

  /**
   * For each image, one of the batch with another label, each with equal chance. If the whole batch
   * has one label, the image's negative.
   *
   * @param own [k, height, width, channels] and [k]
   * @return [k, height, width, channels]
   */
  static Operand<TFloat32> partners(Net net, OpenSamples.Batch batch, OpenSamples.Batch own) {
    var tf = net.tf();
    var rows = tf.reshape(net.cast(own.labels(), TFloat32.class), tf.array(own.size(), 1));
    var columns = tf.reshape(net.cast(batch.labels(), TFloat32.class), tf.array(1, batch.size()));
    var others = tf.dtypes.cast(tf.math.notEqual(rows, columns), TFloat32.class);
    var draws = net.uniform("partners", Shape.of(own.size(), batch.size()));
    // From 1 to 2 for other labels, 0 for the same.
    var scores = tf.math.mul(others, tf.math.add(draws, tf.constant(1f)));
    var found = tf.math.greater(tf.reduceMax(scores, tf.array(1)), tf.constant(0f));
    var chosen = tf.math.argMax(scores, tf.constant(1));
    var partners = tf.gather(batch.pixels(), chosen, tf.constant(0));
    var negatives = tf.math.sub(tf.constant(255f), own.pixels());
    return tf.select(tf.reshape(found, tf.array(own.size(), 1, 1, 1)), partners, negatives);
  }

  /**
   * Mixup (Zhang et al., ICLR 2018): {@code a own + (1 - a) other}, a drawn from U(1/4, 3/4) for
   * each image.
   */
  static Operand<TFloat32> blended(Net net, Operand<TFloat32> own, Operand<TFloat32> other) {
    var tf = net.tf();
    var draws = Draws.of(net, own, 1);
    var a = perImage(net, draws.around(net, 0, CENTRE, RADIUS));
    return tf.math.add(other, tf.math.mul(a, tf.math.sub(own, other)));
  }

  /**
   * CutMix (Yun et al., ICCV 2019): a rectangle of {@code other} on {@code own}, of the image's
   * form, its area a share drawn from U(1/4, 3/4), anywhere inside the image.
   */
  static Operand<TFloat32> cut(Net net, Operand<TFloat32> own, Operand<TFloat32> other) {
    var tf = net.tf();
    var draws = Draws.of(net, own, 3);
    var side = tf.math.sqrt(draws.around(net, 0, CENTRE, RADIUS));
    var height = (int) own.shape().get(1);
    var width = (int) own.shape().get(2);
    var rows = between(net, side, draws.column(net, 1), height, Shape.of(1, height, 1, 1));
    var columns = between(net, side, draws.column(net, 2), width, Shape.of(1, 1, width, 1));
    return tf.select(tf.math.logicalAnd(rows, columns), other, own);
  }

  /** Whether a row (or column) is in the rectangle. */
  private static Operand<TBool> between(
      Net net, Operand<TFloat32> side, Operand<TFloat32> place, int size, Shape shape) {
    var tf = net.tf();
    var half = tf.constant(0.5f);
    var length = tf.math.floor(tf.math.add(tf.math.mul(side, tf.constant((float) size)), half));
    var places = tf.math.sub(tf.constant((float) size + 1), length);
    var first = tf.math.floor(tf.math.mul(place, places));
    var numbers = new float[size];
    for (var i = 0; i < size; i++) {
      numbers[i] = i;
    }
    var here = tf.constant(shape, DataBuffers.of(numbers));
    return tf.math.logicalAnd(
        tf.math.greaterEqual(here, perImage(net, first)),
        tf.math.less(here, perImage(net, tf.math.add(first, length))));
  }

  /** [k] to [k, 1, 1, 1]. */
  private static Operand<TFloat32> perImage(Net net, Operand<TFloat32> values) {
    return net.tf().reshape(values, net.tf().array((int) values.shape().get(0), 1, 1, 1));
  }
}
