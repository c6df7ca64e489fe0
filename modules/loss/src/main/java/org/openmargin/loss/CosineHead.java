package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A head of cosines {@code c_j} between embeddings and prototypes, times a fixed scale: logits
 * {@code s c_j}. Its losses differ only in what a margin does to the label's cosine.
 */
interface CosineHead extends OpenSetLoss {

  /** C, number of known classes. */
  int classes();

  /** s. */
  double scale();

  /**
   * What replaces the label's cosine in training.
   *
   * @param c [n, C]
   * @return the same shape; only the label's column counts
   */
  Operand<TFloat32> target(Net net, Operand<TFloat32> c);

  static void requireValid(int classes, double scale) {
    CrossEntropy.requireClasses(classes);
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale must be above 0, not " + scale);
    }
  }

  /** Cross-entropy of {@code s target(c_y)} for the label y and {@code s c_j} for the others. */
  @Override
  default Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var cosines = Layers.cosines(net, embeddings, classes());
    var marginal = LabelColumn.replaced(net, cosines, target(net, cosines), labels);
    return CrossEntropy.mean(net, net.tf().math.mul(marginal, scale(net)), labels);
  }

  @Override
  default Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return net.tf().math.mul(Layers.cosines(net, embeddings, classes()), scale(net));
  }

  /** A mean over images. */
  @Override
  default Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.empty();
  }

  @Override
  default boolean isCosine() {
    return true;
  }

  /** Of unit length. */
  @Override
  default Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(Layers.prototypes(net, embeddings, classes()));
  }

  @Override
  default Operand<TFloat32> scale(Net net) {
    return net.tf().constant((float) scale());
  }
}
