package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The first value of a weight. */
@FunctionalInterface
public interface Initializer {

  /**
   * @param tf where to add the operations
   * @param shape shape of the weight, fully known
   * @param seed two numbers, the seed of this weight alone
   * @return the first value, of that shape
   */
  Operand<TFloat32> value(Ops tf, Shape shape, Operand<TInt64> seed);

  /** Every element is {@code value}. */
  static Initializer constant(float value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(value));
  }

  /** Every element is drawn from U(-bound, bound). */
  static Initializer uniform(double bound) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.math.sub(
                tf.math.mul(
                    tf.random.statelessRandomUniform(tf.constant(shape), seed), tf.constant(2f)),
                tf.constant(1f)),
            tf.constant((float) bound));
  }

  /** Every element is drawn from N(0, deviation^2). */
  static Initializer normal(double deviation) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.constant(shape), seed),
            tf.constant((float) deviation));
  }

  /** Every element is drawn from N(mean, deviation^2). */
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
}
