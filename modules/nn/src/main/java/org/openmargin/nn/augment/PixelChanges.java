package org.openmargin.nn.augment;

import java.util.List;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Changes to pixel values; each image's row of numbers sets their strengths. Defined as in Pillow
 * (ImageOps, ImageEnhance), but without rounding in between.
 *
 * @param rows [batch, {@link #COLUMNS}]
 */
record PixelChanges(Operand<TFloat32> rows) {
  // The weights of the image itself (1 for no change), of the mean luma, of each pixel's luma, and
  // of the smoothed image.
  static final int KEPT = 0;
  static final int MEAN = 1;
  static final int GREY = 2;
  static final int SMOOTH = 3;

  /** 1: stretches each channel to the range 0 to 255. */
  static final int STRETCH = 4;

  /** Values from this one up are inverted; 256: none. */
  static final int THRESHOLD = 5;

  /** Values are rounded down to a multiple of this; 1: no rounding. */
  static final int QUANTUM = 6;

  /** 1: flattens each channel's histogram. */
  static final int EQUALIZE = 7;

  static final int COLUMNS = 8;

  /**
   * @param pixels [batch, height, width, 3 or 1], 0 to 255
   * @return the same shape, 0 to 255
   */
  Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var blended = blended(net, stretched(net, pixels));
    var inRange = tf.clipByValue(blended, tf.constant(0f), tf.constant(255f));
    return equalized(net, posterized(net, solarized(net, inRange)));
  }

  /** One column of the rows: [batch, 1, 1, 1]. */
  private Operand<TFloat32> number(Net net, int column) {
    var tf = net.tf();
    return tf.reshape(
        tf.stridedSlice(rows, Indices.all(), Indices.at(column)),
        tf.array((int) rows.shape().get(0), 1, 1, 1));
  }

  /** {@code (x - min) 255 / (max - min)} per channel; constant channels do not change. */
  private Operand<TFloat32> stretched(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var low = tf.reduceMin(x, tf.array(1, 2), ReduceMin.keepDims(true));
    var high = tf.reduceMax(x, tf.array(1, 2), ReduceMax.keepDims(true));
    var range = tf.math.sub(high, low);
    var wanted =
        tf.math.logicalAnd(
            tf.math.greater(number(net, STRETCH), tf.constant(0f)),
            tf.math.greater(range, tf.constant(0f)));
    var from = tf.select(wanted, low, tf.constant(0f));
    var stretch = tf.math.div(tf.constant(255f), tf.math.maximum(range, tf.constant(1e-6f)));
    var factor = tf.select(wanted, stretch, tf.constant(1f));
    return tf.math.mul(tf.math.sub(x, from), factor);
  }

  /** A weighted sum of the image, its mean luma, its luma and the smoothed image. */
  private Operand<TFloat32> blended(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var luma = luma(net, x);
    var mean = tf.math.mean(luma, tf.array(1, 2, 3), Mean.keepDims(true));
    var grey =
        tf.math.add(tf.math.mul(luma, number(net, GREY)), tf.math.mul(mean, number(net, MEAN)));
    var kept = tf.math.add(tf.math.mul(x, number(net, KEPT)), grey);
    return tf.math.add(kept, tf.math.mul(smooth(net, x), number(net, SMOOTH)));
  }

  private static Operand<TFloat32> luma(Net net, Operand<TFloat32> x) {
    if (ChromaJitter.isGrey(x)) {
      return x;
    }
    var tf = net.tf();
    var weights = tf.constant(floats(ChromaJitter.LUMA));
    return tf.reduceSum(tf.math.mul(x, weights), tf.array(3), ReduceSum.keepDims(true));
  }

  /**
   * The mean of 3x3 pixels, the centre weighted five times; edge pixels do not change. With the
   * plain mean m, this is {@code x + 9 / 13 (m - x)}.
   */
  private static Operand<TFloat32> smooth(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var mean = tf.nn.avgPool(x, List.of(1L, 3L, 3L, 1L), List.of(1L, 1L, 1L, 1L), "SAME");
    var share = tf.constant(inside((int) x.shape().get(1), (int) x.shape().get(2)));
    return tf.math.add(x, tf.math.mul(tf.math.sub(mean, x), share));
  }

  private static float[][][][] inside(int height, int width) {
    var share = new float[1][height][width][1];
    for (var row = 1; row < height - 1; row++) {
      for (var column = 1; column < width - 1; column++) {
        share[0][row][column][0] = 9f / 13;
      }
    }
    return share;
  }

  /** {@code 255 - x} where {@code x >= threshold}. */
  private Operand<TFloat32> solarized(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var bright = tf.math.greaterEqual(x, number(net, THRESHOLD));
    return tf.select(bright, tf.math.sub(tf.constant(255f), x), x);
  }

  /** {@code quantum floor(x / quantum)}. */
  private Operand<TFloat32> posterized(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var quantum = number(net, QUANTUM);
    var rounded = tf.math.mul(tf.math.floor(tf.math.div(x, quantum)), quantum);
    return tf.select(tf.math.greater(quantum, tf.constant(1f)), rounded, x);
  }

  private Operand<TFloat32> equalized(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var wanted = tf.math.greater(number(net, EQUALIZE), tf.constant(0f));
    return tf.select(wanted, Equalization.of(net, x), x);
  }

  private static float[] floats(double[] values) {
    var floats = new float[values.length];
    for (var i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
