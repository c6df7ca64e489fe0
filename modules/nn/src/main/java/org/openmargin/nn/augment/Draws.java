package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;

/**
 * Draws from U[0, 1) for a batch, one row per image; callers give the columns their meaning.
 *
 * @param numbers [batch, columns]
 */
record Draws(Operand<TFloat32> numbers) {

  static Draws of(Net net, Operand<TFloat32> pixels, int columns) {
    return new Draws(net.uniform("draws", Shape.of(pixels.shape().get(0), columns)));
  }

  int images() {
    return (int) numbers.shape().get(0);
  }

  /** [batch]. */
  Operand<TFloat32> column(Net net, int column) {
    return net.tf().stridedSlice(numbers, Indices.all(), Indices.at(column));
  }

  /** Uniform from centre - radius to centre + radius: [batch]. */
  Operand<TFloat32> around(Net net, int column, double centre, double radius) {
    var tf = net.tf();
    return tf.math.add(
        tf.math.mul(column(net, column), tf.constant((float) (2 * radius))),
        tf.constant((float) (centre - radius)));
  }
}
