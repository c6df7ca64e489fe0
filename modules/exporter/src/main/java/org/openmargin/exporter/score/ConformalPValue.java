package org.openmargin.exporter.score;

import java.util.Arrays;
import org.openmargin.scoring.calibration.Calibration;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** {@link Calibration#pValue} as operations. */
public final class ConformalPValue {
  private ConformalPValue() {}

  /**
   * @param score [n], as it is returned
   * @param plain whether the number of smaller scores is found by halving, with operations that
   *     every runtime knows, and not by one operation
   * @return [n], in (0, 1]; 0 for a score that is not finite or the largest float
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> score, Calibration calibration, boolean plain) {
    var n = calibration.validationImages();
    var least = Math.max(1, n);
    // One less than a power of two, so that halving never leaves the array.
    var sorted = new float[plain ? 2 * Integer.highestOneBit(least) - 1 : least];
    Arrays.fill(sorted, Float.MAX_VALUE);
    for (var i = 0; i < n; i++) {
      sorted[i] = calibration.scores().get(i).floatValue();
    }
    var smaller = plain ? halved(tf, score, sorted) : searched(tf, score, sorted);
    var share = tf.gather(tf.constant(shares(n, sorted.length)), smaller, tf.constant(0));
    var finite = tf.math.less(tf.math.abs(score), tf.constant(Float.MAX_VALUE));
    return tf.select(finite, share, tf.constant(0f));
  }

  private static Operand<TInt32> searched(Ops tf, Operand<TFloat32> score, float[] sorted) {
    var row = tf.reshape(score, tf.array(1, -1));
    return tf.reshape(tf.lowerBound(tf.constant(new float[][] {sorted}), row), tf.array(-1));
  }

  private static Operand<TInt32> halved(Ops tf, Operand<TFloat32> score, float[] sorted) {
    var scores = tf.constant(sorted);
    Operand<TInt32> smaller = tf.dtypes.cast(tf.zerosLike(score), TInt32.class);
    for (var step = (sorted.length + 1) / 2; step >= 1; step /= 2) {
      var next = tf.math.add(smaller, tf.constant(step));
      var at = tf.gather(scores, tf.math.sub(next, tf.constant(1)), tf.constant(0));
      smaller = tf.select(tf.math.less(at, score), next, smaller);
    }
    return smaller;
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
