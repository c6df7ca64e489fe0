package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
 * @param radiusWeight w
 * @param temperature T
 */
public record Rpl(int classes, double radiusWeight, double temperature) implements OpenSetLoss {

  public Rpl {
    CrossEntropy.requireClasses(classes);
    if (!(radiusWeight >= 0 && temperature > 0)) {
      throw new IllegalArgumentException(
          "RPL needs a radius weight of at least 0 and a temperature above 0, not "
              + radiusWeight
              + " and "
              + temperature);
    }
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var tf = net.tf();
    var distances = Distances.toPoints(net, embeddings, classes);
    var own = LabelColumn.of(net, distances.squared(), labels);
    var off = tf.math.square(tf.math.sub(own, Distances.radius(net)));
    return tf.math.add(
        CrossEntropy.mean(net, logits(net, distances), labels),
        tf.math.mul(CrossEntropy.mean(net, off), tf.constant((float) radiusWeight)));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return logits(net, Distances.toPoints(net, embeddings, classes));
  }

  private Operand<TFloat32> logits(Net net, Distances distances) {
    return net.tf().math.mul(distances.squared(), net.tf().constant((float) (1 / temperature)));
  }

  @Override
  public boolean hasOpenClass() {
    return false;
  }
}
