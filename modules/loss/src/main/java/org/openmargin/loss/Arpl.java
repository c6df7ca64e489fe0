package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
 * <p>The second term keeps what is known within a bounded space.
 *
 * @param classes C, number of known classes
 * @param radiusWeight w
 * @param temperature T
 */
public record Arpl(int classes, double radiusWeight, double temperature) implements OpenSetLoss {
  private static final float MARGIN = 1;

  public Arpl {
    CrossEntropy.requireClasses(classes);
    if (!(radiusWeight >= 0 && temperature > 0)) {
      throw new IllegalArgumentException(
          "ARPL needs a radius weight of at least 0 and a temperature above 0, not "
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
    var beyond = tf.math.add(tf.math.sub(own, Distances.radius(net)), tf.constant(MARGIN));
    var hinge = tf.math.maximum(beyond, tf.constant(0f));
    return tf.math.add(
        CrossEntropy.mean(net, logits(net, distances), labels),
        tf.math.mul(CrossEntropy.mean(net, hinge), tf.constant((float) radiusWeight)));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return logits(net, Distances.toPoints(net, embeddings, classes));
  }

  private Operand<TFloat32> logits(Net net, Distances distances) {
    var tf = net.tf();
    var difference = tf.math.sub(distances.squared(), distances.products());
    return tf.math.mul(difference, tf.constant((float) (1 / temperature)));
  }

  @Override
  public boolean hasOpenClass() {
    return false;
  }
}
