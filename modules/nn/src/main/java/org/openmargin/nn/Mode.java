package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** Whether a graph is built to train weights or to use them. */
public sealed interface Mode {

  /**
   * Training: batch norms use the statistics of the batch, random operations are drawn.
   *
   * @param step scalar, number of the training step from 0; every random draw is a function of the
   *     experiment's seed, the path of the operation, and this number
   * @param norms what batch norms use
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
