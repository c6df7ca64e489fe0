package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Softmax cross-entropy on a dense layer, {@code -mean sum_k q_k log softmax(W x + b)_k}: the
 * closed-set baseline. With smoothing a, the target q has
 *
 * <ul>
 *   <li>{@link Smoothing#ALL_CLASSES}: {@code 1 - a + a / C} for the label, {@code a / C} elsewhere
 *       (Szegedy et al., "Rethinking the Inception architecture", 2016);
 *   <li>{@link Smoothing#OTHER_CLASSES}: {@code 1 - a} for the label, {@code a / (C - 1)} elsewhere
 *       (Vaze et al., "Open-set recognition: a good closed-set classifier is all you need?", 2022).
 * </ul>
 *
 * @param classes C, number of known classes
 * @param labelSmoothing a, from 0 to less than 1
 * @param smoothing where the share a goes
 */
public record SoftmaxCrossEntropy(int classes, double labelSmoothing, Smoothing smoothing)
    implements OpenSetLoss {

  public SoftmaxCrossEntropy {
    if (classes < 2 || !(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "softmax needs at least two classes and a label smoothing from 0 to less than 1, not "
              + classes
              + " and "
              + labelSmoothing);
    }
  }

  /** Where the smoothed share of the target goes. */
  public enum Smoothing {
    ALL_CLASSES,
    OTHER_CLASSES
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return CrossEntropy.mean(
        net, CrossEntropy.perRow(net, logits(net, embeddings), target(net, labels)));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return Layers.dense(net, embeddings, classes);
  }

  /** A mean over images. */
  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.empty();
  }

  @Override
  public boolean takesMixedLabels() {
    return true;
  }

  private Operand<TFloat32> target(Net net, Operand<TInt32> labels) {
    var elsewhere =
        switch (smoothing) {
          case ALL_CLASSES -> labelSmoothing / classes;
          case OTHER_CLASSES -> labelSmoothing / (classes - 1);
        };
    return CrossEntropy.smoothed(net, labels, classes, elsewhere);
  }
}
