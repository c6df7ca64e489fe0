package org.openmargin.nn.layers;

import java.util.List;
import org.openmargin.nn.Net;
import org.openmargin.nn.Replica;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Statistics of a whole batch, of which each device has an equal part. With m_i and v_i the means
 * and variances of the parts (Chan, Golub, LeVeque, "Algorithms for computing the sample variance",
 * 1983, for parts of one size):
 *
 * <pre>
 * mean      m = mean over i of m_i
 * variance  v = mean over i of (v_i + (m_i - m)^2)
 * </pre>
 *
 * <p>One exchange of 2 channels numbers in each direction. Everything is computed in float32, from
 * separate operations: TensorFlow's fused norm gives no gradient to its statistics.
 *
 * @param mean [channels]
 * @param variance [channels], the mean square of deviations
 * @param count of values per channel, in the whole batch
 */
record SynchronizedNorm(Operand<TFloat32> mean, Operand<TFloat32> variance, long count) {

  /**
   * @param x [n, h, w, channels], every size known
   */
  static SynchronizedNorm of(Net net, Replica replica, Operand<TFloat32> x) {
    var tf = net.tf();
    var places = tf.array(0, 1, 2);
    var mean = tf.math.mean(x, places);
    var variance = tf.math.mean(tf.math.squaredDifference(x, mean), places);
    var all = replica.rows(tf, tf.concat(List.of(mean, variance), tf.constant(0)));
    var channels = x.shape().get(3);
    var means = columns(tf, all, 0, (int) channels);
    var variances = columns(tf, all, (int) channels, (int) channels);
    var whole = tf.math.mean(means, tf.array(0));
    var around = tf.math.add(variances, tf.math.squaredDifference(means, whole));
    var count = replica.part().count() * (x.shape().size() / channels);
    return new SynchronizedNorm(whole, tf.math.mean(around, tf.array(0)), count);
  }

  private static Operand<TFloat32> columns(
      Ops tf, Operand<TFloat32> rows, int first, int channels) {
    return tf.slice(rows, tf.array(0, first), tf.array(-1, channels));
  }

  /** {@code (x - mean) / sqrt(variance + epsilon) * scale + offset}. */
  <T extends TFloating> Operand<T> normalized(
      Net net, Operand<T> x, Affine affine, NormSettings settings) {
    var tf = net.tf();
    var epsilon = tf.constant((float) settings.epsilon());
    var factor = tf.math.mul(tf.math.rsqrt(tf.math.add(variance, epsilon)), affine.scale());
    var centred = tf.math.sub(net.cast(x, TFloat32.class), mean);
    var y = tf.math.add(tf.math.mul(centred, factor), affine.offset());
    return net.cast(y, x.type());
  }

  /**
   * @param scale [channels]
   * @param offset [channels]
   */
  record Affine(Operand<TFloat32> scale, Operand<TFloat32> offset) {}

  /** The variance of a sample, which divides by one less: what running statistics keep. */
  Operand<TFloat32> unbiased(Net net) {
    return net.scaled((double) count / Math.max(1, count - 1), variance);
  }
}
