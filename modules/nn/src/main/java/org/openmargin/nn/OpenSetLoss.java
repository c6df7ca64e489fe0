package org.openmargin.nn;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The head and its loss. Both methods read the same variables by path, so training, evaluation and
 * serving cannot drift apart. A recipe: one instance builds any number of graphs.
 */
public interface OpenSetLoss {

  /**
   * The value to minimise.
   *
   * @param embeddings [batch, d], float32, with a known batch size
   * @param labels [batch], from 0 to C - 1
   * @return scalar, the mean over the batch
   */
  Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels);

  /**
   * The logits used for decisions, without margins.
   *
   * @param embeddings [batch, d], float32
   * @return [batch, C] in label order, or [batch, C + 1] if {@link #hasOpenClass()}: the last
   *     column is then the open class
   */
  Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings);

  /**
   * What a training step minimises, one objective after another. A loss without extra networks has
   * one.
   *
   * @param network whose head this is
   * @throws IllegalArgumentException if it cannot be trained with this backbone, or on images of
   *     this size
   */
  default List<Objective> objectives(OpenSetNetwork network) {
    return List.of(Objective.of(network));
  }

  /**
   * Why the loss of a batch is not the mean of the losses of equal parts of it, which several
   * devices need; empty if it is: a mean over images, with nothing that depends on two of them.
   *
   * @param batchSize images of a batch
   * @param parts of the batch, equal ones
   */
  default Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.of(
        "its whyIndivisible() does not say that the loss of a batch is the mean of those of its parts");
  }

  /** Passes over the images in one epoch: 2 if each epoch is to have an even and an odd one. */
  default int passesPerEpoch() {
    return 1;
  }

  /** Whether the logits end in a column for the open class. */
  default boolean hasOpenClass() {
    return false;
  }

  /**
   * Whether the loss is one of a distribution over labels: that of a mixed label is the mixture of
   * the losses. Not with a margin or a pull, which are for one label.
   */
  default boolean takesMixedLabels() {
    return false;
  }

  /** Whether known logits are {@link #scale} times a cosine. */
  default boolean isCosine() {
    return false;
  }

  /** Scalar: the factor between a known logit and its similarity; 1 unless the head is scaled. */
  default Operand<TFloat32> scale(Net net) {
    return net.tf().constant(1f);
  }

  /**
   * The points that stand for the known classes, if the head has such points: of unit length if
   * {@link #isCosine()}, otherwise in embedding space. Used for plots only.
   *
   * @param embeddings [batch, d]; only d is used
   * @return [C, d] in label order; empty for other heads
   */
  default Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.empty();
  }
}
