package org.openmargin.exporter.score;

import java.util.IdentityHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * The real numbers that scores are computed in: doubles, as in the evaluation, or floats and only
 * operations that every converter of graphs knows.
 *
 * @param banks constants that both kinds share, because they may be large
 */
public record Reals<T extends TFloating>(
    Ops tf, Class<T> type, Map<float[][], Operand<TFloat32>> banks) {
  /** Below it, {@code 1 + x} loses digits of x. */
  private static final double SMALL = 0.125;

  public static Reals<TFloat64> doubles(Ops tf) {
    return new Reals<>(tf, TFloat64.class, new IdentityHashMap<>());
  }

  /** The same graph in floats. */
  public Reals<TFloat32> floats() {
    return new Reals<>(tf, TFloat32.class, banks);
  }

  private boolean exact() {
    return type == TFloat64.class;
  }

  Operand<T> of(double x) {
    return typed(exact() ? tf.constant(x) : tf.constant((float) x));
  }

  Operand<T> of(double[] x) {
    return typed(exact() ? tf.constant(x) : tf.constant(floats(x)));
  }

  Operand<T> of(double[][] x) {
    if (exact()) {
      return typed(tf.constant(x));
    }
    return typed(tf.constant(floats(x)));
  }

  Operand<T> of(double[][][] x) {
    if (exact()) {
      return typed(tf.constant(x));
    }
    var floats = new float[x.length][][];
    for (var i = 0; i < x.length; i++) {
      floats[i] = floats(x[i]);
    }
    return typed(tf.constant(floats));
  }

  /** Any numbers as these. */
  public Operand<T> of(Operand<? extends TNumber> x) {
    return x.type() == type ? typed(x) : tf.dtypes.cast(x, type);
  }

  /** Rows of floats: [n, d]. */
  Operand<T> bank(float[][] rows) {
    return of(banks.computeIfAbsent(rows, this::constant));
  }

  private Operand<TFloat32> constant(float[][] rows) {
    var size = rows[0].length;
    var values = new float[rows.length * size];
    for (var row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * size, size);
    }
    return tf.constant(Shape.of(rows.length, size), DataBuffers.of(values, true, false));
  }

  /**
   * {@code log(1 + x)}. In floats, for small x {@code 2 artanh(s)} with {@code s = x / (2 + x)}, as
   * {@code 2 (s + s^3/3 + s^5/5 + s^7/7)}: the next term is below 1e-11.
   */
  Operand<T> log1p(Operand<T> x) {
    if (exact()) {
      return tf.math.log1p(x);
    }
    var s = tf.math.div(x, tf.math.add(x, of(2)));
    var square = tf.math.mul(s, s);
    var sum = of(1.0 / 7);
    for (var power = 5; power >= 1; power -= 2) {
      sum = tf.math.add(tf.math.mul(sum, square), of(1.0 / power));
    }
    var series = tf.math.mul(tf.math.add(s, s), sum);
    return tf.select(
        tf.math.less(tf.math.abs(x), of(SMALL)), series, tf.math.log(tf.math.add(x, of(1))));
  }

  /**
   * {@code exp(x) - 1} for x up to 0. In floats, {@code 2 t / (1 - t)} with {@code t = tanh(x/2)}.
   */
  Operand<T> expm1(Operand<T> x) {
    if (exact()) {
      return tf.math.expm1(x);
    }
    var t = tf.math.tanh(tf.math.mul(x, of(0.5)));
    return tf.math.div(tf.math.add(t, t), tf.math.sub(of(1), t));
  }

  private static float[][] floats(double[][] x) {
    var floats = new float[x.length][];
    for (var row = 0; row < x.length; row++) {
      floats[row] = floats(x[row]);
    }
    return floats;
  }

  private static float[] floats(double[] x) {
    var floats = new float[x.length];
    for (var i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }

  @SuppressWarnings("unchecked")
  private Operand<T> typed(Operand<?> x) {
    return (Operand<T>) x;
  }
}
