package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The initial value of a weight. */
@FunctionalInterface
public interface Initializer {

  /**
   * @param shape fully known
   * @param seed [2], for this weight only
   * @return of that shape
   */
  Operand<TFloat32> value(Ops tf, Shape shape, Operand<TInt64> seed);

  /** All elements equal {@code value}. */
  static Initializer constant(float value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(value));
  }

  /** Elements drawn from U(-bound, bound). */
  static Initializer uniform(double bound) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.math.sub(
                tf.math.mul(
                    tf.random.statelessRandomUniform(tf.constant(shape), seed), tf.constant(2f)),
                tf.constant(1f)),
            tf.constant((float) bound));
  }

  /** Elements drawn from N(0, deviation^2). */
  static Initializer normal(double deviation) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.constant(shape), seed),
            tf.constant((float) deviation));
  }

  /** Elements drawn from N(mean, deviation^2). */
  static Initializer normal(double mean, double deviation) {
    return (tf, shape, seed) ->
        tf.math.add(normal(deviation).value(tf, shape, seed), tf.constant((float) mean));
  }

  /**
   * He initialisation of a convolution kernel [height, width, in, out], fan-out form: N(0, 2 /
   * (height width out)) (He et al., "Delving deep into rectifiers", 2015, section 2.2, backward
   * case).
   */
  static Initializer he() {
    return (tf, shape, seed) ->
        normal(Math.sqrt(2.0 / (double) (shape.get(0) * shape.get(1) * shape.get(3))))
            .value(tf, shape, seed);
  }

  /**
   * PyTorch's default for a convolution kernel [height, width, in, out]: {@code U(-b, b)} with
   * {@code b = 1 / sqrt(height width in)}, so a variance of {@code 1 / (3 height width in)} ({@code
   * kaiming_uniform_} with {@code a = sqrt(5)} in {@code torch.nn.Conv2d.reset_parameters}).
   */
  static Initializer fanInUniform() {
    return (tf, shape, seed) ->
        uniform(1 / Math.sqrt((double) (shape.get(0) * shape.get(1) * shape.get(2))))
            .value(tf, shape, seed);
  }
}
