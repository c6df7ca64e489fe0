package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Generalised convolutional prototype learning (Yang, Zhang, Yin, Liu, "Robust classification with
 * convolutional prototype learning", CVPR 2018), with one prototype P_k per class. With {@code d2_k
 * = |x - P_k|^2 / d}, label y:
 *
 * <pre>
 * logits   z_k = -d2_k / T
 * loss     -mean log softmax(z)_y + w / 2 mean d2_y
 * </pre>
 *
 * <p>The second term pulls an embedding and the prototype of its class together.
 *
 * @param classes C, number of known classes
 * @param prototypeWeight w
 * @param temperature T
 */
public record Gcpl(int classes, double prototypeWeight, double temperature) implements OpenSetLoss {

  public Gcpl {
    CrossEntropy.requireClasses(classes);
    if (!(prototypeWeight >= 0 && temperature > 0)) {
      throw new IllegalArgumentException(
          "GCPL needs a prototype weight of at least 0 and a temperature above 0, not "
              + prototypeWeight
              + " and "
              + temperature);
    }
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var tf = net.tf();
    var distances = Distances.toPoints(net, embeddings, classes);
    var own = CrossEntropy.mean(net, LabelColumn.of(net, distances.squared(), labels));
    return tf.math.add(
        CrossEntropy.mean(net, logits(net, distances), labels),
        tf.math.mul(own, tf.constant((float) (prototypeWeight / 2))));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return logits(net, Distances.toPoints(net, embeddings, classes));
  }

  private Operand<TFloat32> logits(Net net, Distances distances) {
    return net.tf().math.mul(distances.squared(), net.tf().constant((float) (-1 / temperature)));
  }

  @Override
  public boolean hasOpenClass() {
    return false;
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(Distances.points(net, embeddings, classes));
  }
}
