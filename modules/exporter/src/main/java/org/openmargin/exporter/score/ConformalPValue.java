package org.openmargin.exporter.score;

import java.util.Arrays;
import org.openmargin.scoring.calibration.Calibration;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@link Calibration#pValue} as plain operations: the number of smaller scores is found by halving.
 */
public final class ConformalPValue {
  private ConformalPValue() {}

  /**
   * @param score [n], as it is returned
   * @return [n], in (0, 1]; 0 for a score that is not finite or the largest float
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> score, Calibration calibration) {
    var n = calibration.validationImages();
    var last = Integer.highestOneBit(Math.max(1, n));
    // One less than a power of two, so that halving never leaves the array.
    var padded = new float[2 * last - 1];
    Arrays.fill(padded, Float.MAX_VALUE);
    for (var i = 0; i < n; i++) {
      padded[i] = calibration.scores().get(i).floatValue();
    }
    var sorted = tf.constant(padded);
    Operand<TInt32> smaller = tf.dtypes.cast(tf.zerosLike(score), TInt32.class);
    for (var step = last; step >= 1; step /= 2) {
      var next = tf.math.add(smaller, tf.constant(step));
      var at = tf.gather(sorted, tf.math.sub(next, tf.constant(1)), tf.constant(0));
      smaller = tf.select(tf.math.less(at, score), next, smaller);
    }
    var share = tf.gather(tf.constant(shares(n, padded.length)), smaller, tf.constant(0));
    var finite = tf.math.less(tf.math.abs(score), tf.constant(Float.MAX_VALUE));
    return tf.select(finite, share, tf.constant(0f));
  }

  /** By the number of smaller scores; a division in the graph may be off by a bit. */
  private static float[] shares(int n, int most) {
    var shares = new float[most + 1];
    for (var smaller = 0; smaller <= most; smaller++) {
      shares[smaller] = (float) ((n + 1.0 - Math.min(n, smaller)) / (n + 1.0));
    }
    return shares;
  }
}
