package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Reciprocal point learning (Chen et al., "Learning open set network with discriminative reciprocal
 * points", ECCV 2020). The reciprocal point P_k stands for what is <em>not</em> class k: the
 * farther from it, the likelier k. With {@code d2_k = |x - P_k|^2 / d}, label y, trained radius R:
 *
 * <pre>
 * logits   z_k = d2_k / T
 * loss     -mean log softmax(z)_y + w mean (d2_y - R)^2
 * </pre>
 *
 * @param classes C, number of known classes
 * @param weight w
 * @param temperature T
 * @param rates of the points and of R
 */
public record Rpl(int classes, double weight, double temperature, Rates rates)
    implements PointHead {

  public Rpl {
    PointHead.requireValid("RPL", classes, weight, temperature);
  }

  /** One whose points learn at the model's rate. */
  public Rpl(int classes, double weight, double temperature) {
    this(classes, weight, temperature, Rates.EQUAL);
  }

  @Override
  public Operand<TFloat32> term(Net net, Operand<TFloat32> own) {
    return net.tf().math.square(net.tf().math.sub(own, Distances.radius(net, rates)));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Distances distances) {
    return net.scaled(1 / temperature, distances.squared());
  }
}
