package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adversarial reciprocal point learning, without confusing samples (Chen et al., "Adversarial
 * reciprocal points learning for open set recognition", TPAMI 2021). With reciprocal points P_k,
 * {@code d2_k = |x - P_k|^2 / d}, label y, trained radius R:
 *
 * <pre>
 * logits   z_k = (d2_k - x . P_k) / T
 * loss     -mean log softmax(z)_y + w mean max(0, d2_y - R + 1)
 * </pre>
 *
 * <p>The second term keeps known classes in a bounded space.
 *
 * @param classes C, number of known classes
 * @param weight w
 * @param temperature T
 * @param rates of the points and of R
 */
public record Arpl(int classes, double weight, double temperature, Rates rates)
    implements PointHead {

  public Arpl {
    PointHead.requireValid("ARPL", classes, weight, temperature);
  }

  /** One whose points learn at the model's rate. */
  public Arpl(int classes, double weight, double temperature) {
    this(classes, weight, temperature, Rates.EQUAL);
  }

  @Override
  public Operand<TFloat32> term(Net net, Operand<TFloat32> own) {
    var tf = net.tf();
    var beyond = tf.math.add(tf.math.sub(own, Distances.radius(net, rates)), tf.constant(1f));
    return tf.math.maximum(beyond, tf.constant(0f));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Distances distances) {
    var difference = net.tf().math.sub(distances.squared(), distances.products());
    return net.scaled(1 / temperature, difference);
  }
}
