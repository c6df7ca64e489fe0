package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Mean and standard deviation of each channel over a feature map: what a layer sees, not where. */
public final class MapStatistics {
  private MapStatistics() {}

  /**
   * @param map [n, h, w, c]
   * @return [n, 2c]: the means, then the deviations (over h w positions, not h w - 1)
   */
  public static Operand<TFloat32> of(Net net, Operand<? extends TFloating> map) {
    var tf = net.tf();
    var x = net.cast(map, TFloat32.class);
    var area = tf.array(1, 2);
    var mean = tf.math.mean(x, area, Mean.keepDims(true));
    var variance = tf.math.mean(tf.math.square(tf.math.sub(x, mean)), area);
    var channels = (int) x.shape().get(3);
    var means = tf.reshape(mean, tf.array(-1, channels));
    return tf.concat(List.of(means, tf.math.sqrt(variance)), tf.constant(1));
  }
}
