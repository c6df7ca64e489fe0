package org.openmargin.loss;

import java.util.function.UnaryOperator;
import org.openmargin.nn.Layers;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cosines {@code c_j} between embeddings and prototypes, times a fixed scale: {@code s c_j}.
 *
 * @param classes C, number of known classes
 * @param scale s
 */
record CosineHead(int classes, double scale) {

  CosineHead {
    requireValid(classes, scale);
  }

  static void requireValid(int classes, double scale) {
    CrossEntropy.requireClasses(classes);
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale must be above 0, not " + scale);
    }
  }

  /**
   * Cross-entropy of {@code s target(c_y)} for the label y and {@code s c_j} for the others.
   *
   * @param embeddings [n, d]
   * @param labels [n]
   * @param target from the cosine of the label to what takes its place; is given [n, C]
   * @return scalar
   */
  Operand<TFloat32> loss(
      Net net,
      Operand<TFloat32> embeddings,
      Operand<TInt32> labels,
      UnaryOperator<Operand<TFloat32>> target) {
    var cosines = Layers.cosines(net, embeddings, classes);
    var marginal = LabelColumn.replaced(net, cosines, target.apply(cosines), labels);
    return CrossEntropy.mean(net, net.tf().math.mul(marginal, scale(net)), labels);
  }

  /** {@code s c_j}: [n, d] to [n, C]. */
  Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return net.tf().math.mul(Layers.cosines(net, embeddings, classes), scale(net));
  }

  /** Of unit length: [C, d]. */
  Operand<TFloat32> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Layers.prototypes(net, embeddings, classes);
  }

  /** s. */
  Operand<TFloat32> scale(Net net) {
    return net.tf().constant((float) scale);
  }
}
