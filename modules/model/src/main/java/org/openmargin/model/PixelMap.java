package org.openmargin.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Sums over the pixels of images of one size.
 *
 * @param wholeSide shorter side of the whole image, px, of which this may be the centre
 */
record PixelMap(Ops tf, int height, int width, int wholeSide) {
  /** The unit of length is this part of the shorter side. */
  static final double PARTS = 28;

  PixelMap(Ops tf, int height, int width) {
    this(tf, height, width, Math.min(height, width));
  }

  int pixels() {
    return height * width;
  }

  /** The square from 6 to 22 units, centred. */
  PixelMap centre() {
    var side = centreSide();
    return new PixelMap(tf, side, side, wholeSide);
  }

  /** [n, h, w, c] to its central square. */
  Operand<TFloat32> centre(Operand<TFloat32> x) {
    var side = centreSide();
    var start = tf.array(0, (height - side) / 2, (width - side) / 2, 0);
    return tf.slice(x, start, tf.array(-1, side, side, -1));
  }

  private int centreSide() {
    var unit = wholeSide / PARTS;
    return (int) (Math.round(22 * unit) - Math.round(6 * unit));
  }

  /** [n, h, w, c] to [n, c, h w]. */
  Operand<TFloat32> rows(Operand<TFloat32> x) {
    var channels = (int) x.shape().get(3);
    var first = tf.linalg.transpose(x, tf.array(0, 3, 1, 2));
    return tf.reshape(first, tf.array(-1, channels, pixels()));
  }

  /** Mean and deviation: [n, c] each. */
  List<Operand<TFloat32>> moments(Operand<TFloat32> x) {
    var mean = tf.math.mean(x, tf.array(1, 2), Mean.keepDims(true));
    var squares = tf.math.square(tf.math.sub(x, mean));
    var flat = tf.reshape(mean, tf.array(-1, (int) x.shape().get(3)));
    return List.of(flat, tf.math.sqrt(tf.math.mean(squares, tf.array(1, 2))));
  }

  /** Sum of a one-channel map: [n, 1]. */
  Operand<TFloat32> sum(Operand<TFloat32> x) {
    return tf.reduceSum(x, tf.array(1, 2));
  }

  /**
   * Sum of a one-channel map times weights: [n, 1].
   *
   * @param weights [h w]
   */
  Operand<TFloat32> weighted(Operand<TFloat32> x, float[] weights) {
    return product(tf.reshape(x, tf.array(-1, pixels())), new float[][] {weights});
  }

  /** [m, h w] times the transpose of [k, h w]: [m, k]. */
  Operand<TFloat32> product(Operand<TFloat32> x, float[][] weights) {
    return tf.linalg.matMul(x, tf.constant(weights), MatMul.transposeB(true));
  }

  /** Number of neighbours of which one is 1 and the other 0: [n, 1]. */
  Operand<TFloat32> outline(Operand<TFloat32> x) {
    return tf.math.add(sum(change(x, 1, 1)), sum(change(x, 2, 1)));
  }

  /** Mean absolute difference at a distance, in both directions: [n, c]. */
  Operand<TFloat32> roughness(Operand<TFloat32> x, int distance) {
    var down = tf.math.mean(change(x, 1, distance), tf.array(1, 2));
    var across = tf.math.mean(change(x, 2, distance), tf.array(1, 2));
    return tf.math.mul(tf.math.add(down, across), tf.constant(0.5f));
  }

  private Operand<TFloat32> change(Operand<TFloat32> x, int axis, int distance) {
    var size = (int) x.shape().get(axis) - distance;
    var later = axis == 1 ? tf.array(0, distance, 0, 0) : tf.array(0, 0, distance, 0);
    var sizes = axis == 1 ? tf.array(-1, size, -1, -1) : tf.array(-1, -1, size, -1);
    var start = tf.array(0, 0, 0, 0);
    return tf.math.abs(tf.math.sub(tf.slice(x, later, sizes), tf.slice(x, start, sizes)));
  }

  /** [n, h, w, 1]. */
  Operand<TFloat32> channel(Operand<TFloat32> x, int index) {
    return tf.slice(x, tf.array(0, 0, 0, index), tf.array(-1, -1, -1, 1));
  }

  /** [n, h, w, 1]. */
  Operand<TFloat32> channelMean(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.array(3), Mean.keepDims(true));
  }

  /** Highest minus lowest channel: [n, h, w, 1]. */
  Operand<TFloat32> channelRange(Operand<TFloat32> x) {
    return tf.math.sub(
        tf.reduceMax(x, tf.array(3), ReduceMax.keepDims(true)),
        tf.reduceMin(x, tf.array(3), ReduceMin.keepDims(true)));
  }
}
