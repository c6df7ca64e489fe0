package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

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
 * @param rates of the points; there is no radius
 */
public record Gcpl(int classes, double prototypeWeight, double temperature, Rates rates)
    implements PointHead {

  public Gcpl {
    PointHead.requireValid("GCPL", classes, prototypeWeight, temperature);
  }

  /** One whose points learn at the model's rate. */
  public Gcpl(int classes, double prototypeWeight, double temperature) {
    this(classes, prototypeWeight, temperature, Rates.EQUAL);
  }

  @Override
  public double weight() {
    return prototypeWeight / 2;
  }

  @Override
  public Operand<TFloat32> term(Net net, Operand<TFloat32> own) {
    return own;
  }

  @Override
  public Operand<TFloat32> logits(Net net, Distances distances) {
    return net.scaled(-1 / temperature, distances.squared());
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(Distances.points(net, embeddings, classes, rates));
  }
}
