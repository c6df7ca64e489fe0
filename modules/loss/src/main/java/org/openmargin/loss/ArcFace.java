package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Additive angular margin loss (Deng, Guo, Xue, Zafeiriou, "ArcFace: additive angular margin loss
 * for deep face recognition", CVPR 2019). With {@code c_j = cos(theta_j)} the cosine between an
 * embedding and prototype j, label y, fixed scale s:
 *
 * <pre>
 * logits   z_j = s c_j
 * loss     -mean log softmax(a)_y,  a_j = z_j for j != y
 *          a_y = s cos(theta_y + m),     theta_y up to pi - m
 *          a_y = s (c_y - m sin(m)),     beyond, where theta_y + m would turn back
 * </pre>
 *
 * <p>{@code cos(theta + m) = c cos(m) - sqrt(1 - c^2) sin(m)}: no arc cosine, whose gradient is
 * infinite at 1 and -1.
 *
 * @param classes C, number of known classes
 * @param marginRadians m, from 0 to less than pi / 2
 * @param scale s
 */
public record ArcFace(int classes, double marginRadians, double scale) implements CosineHead {

  public ArcFace {
    CosineHead.requireValid(classes, scale);
    if (!(marginRadians >= 0 && marginRadians < Math.PI / 2)) {
      throw new IllegalArgumentException(
          "ArcFace needs a margin from 0 to less than pi / 2 radians, not " + marginRadians);
    }
  }

  /** From {@code c = cos(theta)} to {@code cos(theta + m)}, or its replacement. */
  @Override
  public boolean takesMixedLabels() {
    return marginRadians == 0;
  }

  @Override
  public Operand<TFloat32> target(Net net, Operand<TFloat32> c) {
    var tf = net.tf();
    var cosM = tf.constant((float) Math.cos(marginRadians));
    var sinM = tf.constant((float) Math.sin(marginRadians));
    var turned = tf.math.sub(tf.math.mul(c, cosM), tf.math.mul(sine(net, c), sinM));
    var drop = tf.constant((float) (marginRadians * Math.sin(marginRadians)));
    var beyond = tf.math.less(c, tf.math.neg(cosM));
    return tf.select(beyond, tf.math.sub(c, drop), turned);
  }

  /** {@code sqrt(1 - c^2)}, at least 1e-6, so that its gradient stays finite. */
  private static Operand<TFloat32> sine(Net net, Operand<TFloat32> c) {
    var tf = net.tf();
    var one = tf.constant(1f);
    var square = tf.math.mul(tf.math.sub(one, c), tf.math.add(one, c));
    return tf.math.sqrt(tf.math.maximum(square, tf.constant(1e-12f)));
  }
}
