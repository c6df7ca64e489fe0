package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A head of one trained point per class, with the {@link Distances} to the points as logits, and a
 * loss {@code cross-entropy + weight mean term}. Its losses differ only in the abstract methods.
 */
interface PointHead extends OpenSetLoss {

  /** C, number of known classes. */
  int classes();

  /** Learning rates of the points, and of a radius. */
  Rates rates();

  /** Factor of the second term. */
  double weight();

  /**
   * The second term, per image.
   *
   * @param own {@code d2_y}, [n]
   * @return [n]
   */
  Operand<TFloat32> term(Net net, Operand<TFloat32> own);

  /** [n, C]. */
  Operand<TFloat32> logits(Net net, Distances distances);

  static void requireValid(String loss, int classes, double weight, double temperature) {
    CrossEntropy.requireClasses(classes);
    if (!(weight >= 0 && temperature > 0)) {
      throw new IllegalArgumentException(
          "%s needs a weight of at least 0 and a temperature above 0, not %s and %s"
              .formatted(loss, weight, temperature));
    }
  }

  @Override
  default Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var distances = Distances.toPoints(net, embeddings, classes(), rates());
    var term = term(net, LabelColumn.of(net, distances.squared(), labels));
    var crossEntropy = CrossEntropy.mean(net, logits(net, distances), labels);
    return net.sum(crossEntropy, weight(), CrossEntropy.mean(net, term));
  }

  /** A mean over images. */
  @Override
  default Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.empty();
  }

  @Override
  default boolean takesMixedLabels() {
    return weight() == 0;
  }

  @Override
  default Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return logits(net, Distances.toPoints(net, embeddings, classes(), rates()));
  }
}
