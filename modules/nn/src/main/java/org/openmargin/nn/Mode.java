package org.openmargin.nn;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** Whether a graph is built for training or for inference. */
public sealed interface Mode {

  /**
   * Training: batch norms use batch statistics, random operations draw numbers.
   *
   * @param step scalar, number of the training step from 0; every random draw is a function of the
   *     experiment's seed, the operation's path and this number
   * @param replica the device, if several train together
   */
  record Training(Operand<TInt64> step, Norms norms, Optional<Replica> replica) implements Mode {

    /** Training with the main norms, on one device. */
    public Training(Operand<TInt64> step) {
      this(step, Norms.MAIN);
    }

    /** Training on one device. */
    public Training(Operand<TInt64> step, Norms norms) {
      this(step, norms, Optional.empty());
    }
  }

  /** Inference: batch norms use their running statistics, nothing is random. */
  record Inference() implements Mode {}
}
