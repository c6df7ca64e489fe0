package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** Whether a graph is built for training or for inference. */
public sealed interface Mode {

  /**
   * Training: batch norms use batch statistics, random operations draw numbers.
   *
   * @param step scalar, number of the training step from 0; every random draw is a function of the
   *     experiment's seed, the operation's path and this number
   */
  record Training(Operand<TInt64> step, Norms norms) implements Mode {

    /** Training with the main norms. */
    public Training(Operand<TInt64> step) {
      this(step, Norms.MAIN);
    }
  }

  /** Inference: batch norms use their running statistics, nothing is random. */
  record Inference() implements Mode {}
}
