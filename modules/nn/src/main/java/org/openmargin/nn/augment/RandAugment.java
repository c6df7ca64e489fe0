package org.openmargin.nn.augment;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * RandAugment (Cubuk et al., 2020): each image goes through several operations, each drawn
 * uniformly from the paper's fourteen, all at the same strength. At magnitude 30: rotation by 30
 * degrees, shears by 0.3 and shifts by 150 / 331 of the size, all about the centre, in either
 * direction; colour, contrast, brightness and sharpness by a factor of 1 plus or minus 0.9;
 * posterize to 4 bits; solarize from 0 up. Smaller magnitudes reduce all of these in proportion.
 * Identity, autocontrast and equalize have no strength.
 *
 * <p>Unlike the original: pixels are read with bilinear interpolation, images continue mirrored
 * beyond their edges, and values are not rounded between operations.
 *
 * <p>A batch is never split: each round runs one warp and one chain of pixel changes over all
 * images, and each image's row of numbers disables all but its own operation.
 *
 * @param operations per image, one after another; 0 for none
 * @param magnitude strength, 0 to 30
 */
public record RandAugment(int operations, double magnitude) {
  public static final RandAugment NONE = new RandAugment(0, 0);

  private static final double LARGEST = 30;

  boolean isNone() {
    return operations == 0;
  }

  /**
   * @param pixels [batch, height, width, 3 or 1], 0 to 255
   * @return the same shape, 0 to 255
   * @throws IllegalArgumentException for any other number of channels
   */
  Operand<TFloat32> apply(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var table = tf.constant(table(pixels.shape()));
    var changed = pixels;
    for (var round = 0; round < operations; round++) {
      var here = net.in("round" + round);
      changed = changed(here, changed, drawn(here, changed, table));
    }
    return changed;
  }

  /** A random row of the table for each image: [batch, columns]. */
  private static Operand<TFloat32> drawn(
      Net net, Operand<TFloat32> pixels, Operand<TFloat32> table) {
    var tf = net.tf();
    var draw = Draws.of(net, pixels, 1).column(net, 0);
    var row = tf.math.floor(tf.math.mul(draw, tf.constant((float) table.shape().get(0))));
    return tf.gather(table, tf.dtypes.cast(row, TInt32.class), tf.constant(0));
  }

  /** Applies each image's row of numbers. */
  static Operand<TFloat32> changed(Net net, Operand<TFloat32> pixels, Operand<TFloat32> rows) {
    var matrices = columns(net, rows, 0, Warp.COEFFICIENTS);
    var changes = new PixelChanges(columns(net, rows, Warp.COEFFICIENTS, ImageOperation.COLUMNS));
    return changes.apply(net, Warp.resampled(net, pixels, matrices));
  }

  private static Operand<TFloat32> columns(Net net, Operand<TFloat32> rows, int from, int to) {
    return net.tf().stridedSlice(rows, Indices.all(), Indices.range(from, to));
  }

  /** One row per operation and direction. */
  private float[][] table(Shape images) {
    var height = (int) images.get(1);
    var width = (int) images.get(2);
    var operations = ImageOperation.values();
    var table = new float[2 * operations.length][];
    for (var row = 0; row < table.length; row++) {
      var level = (row % 2 == 0 ? magnitude : -magnitude) / LARGEST;
      table[row] = operations[row / 2].row(level, height, width);
    }
    return table;
  }
}
