package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of the graph.
 *
 * @param name dotted path, for example {@code backbone.stage0.block1.conv2.kernel}; the key in
 *     checkpoints (see {@link Variables#byKey} for averages) and SavedModels
 * @param shape fully known
 * @param value the graph's only read of it
 * @param initialize assigns the initial value
 */
public record Variable(
    String name,
    Shape shape,
    Role role,
    Operand<? extends TType> handle,
    Operand<TFloat32> value,
    Op initialize) {

  public sealed interface Role {}

  /**
   * Changed by the optimizer.
   *
   * @param rateFactor multiplies the learning rate; 1 for most weights
   * @param decayed whether weight decay applies: to kernels and prototypes, not to norms, biases
   *     and scales
   */
  public record Trained(double rateFactor, boolean decayed) implements Role {}

  /** Changed by the layer that owns it, for example a running mean. */
  public record Statistic() implements Role {}

  /** State of the optimizer; never exported. */
  public record Slot() implements Role {}

  /**
   * The mean over recent steps of the variable named {@code of}. In a checkpoint it takes that
   * variable's place: restoring by name yields the averaged weights.
   */
  public record Average(String of) implements Role {}

  /** Number of elements. */
  public long size() {
    return shape.size();
  }
}
