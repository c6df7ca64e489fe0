package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Flattens the histogram of each channel, as Pillow does: with b(v) pixels below the value v and
 * the step {@code s = floor(b(max) / 255)}, v becomes {@code floor((floor(s / 2) + b(v)) / s)}, at
 * most 255, or remains v if s is 0.
 */
final class Equalization {
  private static final int VALUES = 256;

  private Equalization() {}

  /**
   * @param x [batch, height, width, channels], 0 to 255
   * @return the same shape
   */
  static Operand<TFloat32> of(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var channels = (int) (x.shape().get(0) * x.shape().get(3));
    var slots = slots(net, x);
    var ones = tf.fill(tf.constant(x.shape()), tf.constant(1f));
    var counts = tf.math.unsortedSegmentSum(ones, slots, tf.constant(channels * VALUES));
    var table = table(net, tf.reshape(counts, tf.array(channels, VALUES)));
    return tf.gather(tf.reshape(table, tf.array(channels * VALUES)), slots, tf.constant(0));
  }

  /** Index of (image, channel, value); int64 because GPUs leave int32 to the host. */
  private static Operand<TInt64> slots(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var images = (int) x.shape().get(0);
    var channels = (int) x.shape().get(3);
    var first = new long[images][1][1][channels];
    for (var k = 0; k < images * channels; k++) {
      first[k / channels][0][0][k % channels] = (long) k * VALUES;
    }
    var value = tf.math.floor(tf.math.add(x, tf.constant(0.5f)));
    return tf.math.add(tf.dtypes.cast(value, TInt64.class), tf.constant(first));
  }

  /** From [n, 256] counts to [n, 256] new values. */
  private static Operand<TFloat32> table(Net net, Operand<TFloat32> counts) {
    var tf = net.tf();
    var zero = tf.constant(0f);
    var below = tf.math.cumsum(counts, tf.constant(1), Cumsum.exclusive(true));
    var occurring = tf.select(tf.math.greater(counts, zero), below, zero);
    var belowMax = tf.reduceMax(occurring, tf.array(1), ReduceMax.keepDims(true));
    var step = tf.math.floor(tf.math.div(belowMax, tf.constant(255f)));
    var safe = tf.math.maximum(step, tf.constant(1f));
    var half = tf.math.floor(tf.math.div(step, tf.constant(2f)));
    var flat = tf.math.floor(tf.math.div(tf.math.add(below, half), safe));
    var changed = tf.math.minimum(flat, tf.constant(255f));
    return tf.select(tf.math.greater(step, zero), changed, tf.constant(unchanged()));
  }

  private static float[] unchanged() {
    var values = new float[VALUES];
    for (var v = 0; v < VALUES; v++) {
      values[v] = v;
    }
    return values;
  }
}
