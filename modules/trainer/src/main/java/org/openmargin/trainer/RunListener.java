package org.openmargin.trainer;

import java.util.OptionalDouble;

/** Follows a training run. Methods do nothing unless overridden. */
public interface RunListener extends AutoCloseable {

  /** Before the first step, also when a run resumes. */
  default void started(Start start) {}

  /** Every few steps, as configured. */
  default void progressed(Progress progress) {}

  /**
   * After a validation, before its checkpoint is published: what is written here exists whenever
   * the checkpoint does, even if the process is killed in between.
   */
  default void measured(Validation validation) {}

  /** After {@link #measured}, with the network that was validated. */
  default void inspected(Position at, Inspection network) {}

  /** After a validation and its checkpoint. */
  default Verdict validated(Validation validation) {
    return Verdict.GO_ON;
  }

  /**
   * Asked after each step. If any listener says yes, training writes a checkpoint, without a
   * validation, and ends; it can be resumed with the same result as if it had gone on.
   */
  default boolean interrupts() {
    return false;
  }

  /** After the last step, or when training ends early. */
  @Override
  default void close() {}

  enum Verdict {
    GO_ON,
    STOP
  }

  /**
   * @param epochs of the whole run
   * @param steps of the whole run
   * @param stepsDone before this start
   * @param trainedWeights number of trained elements
   */
  record Start(int epochs, long steps, long stepsDone, long trainedWeights) {}

  /**
   * @param loss mean over the steps since the last call
   * @param learningRate of the last step
   */
  record Progress(Position at, double loss, double learningRate, Head head, Speed speed) {}

  /**
   * The head after a step.
   *
   * @param scale s, the factor between a known logit and its similarity
   * @param prototypeCosine mean cosine between two of its prototypes, from -1 / (C - 1) (as far
   *     apart as they can be) to 1 (all the same); empty without prototypes
   */
  record Head(double scale, OptionalDouble prototypeCosine) {}

  /**
   * @param step steps done
   * @param steps of the whole run
   * @param epoch the running epoch, from 1
   * @param epochs of the whole run
   */
  record Position(long step, long steps, int epoch, int epochs) {}

  /**
   * @param imagesPerSecond since the last call
   * @param secondsLeft of the whole run
   * @param inputWait share of the time since the last call that steps waited for their images
   */
  record Speed(double imagesPerSecond, double secondsLeft, double inputWait) {}

  /**
   * @param trainLoss mean over the steps since the last validation
   * @param loss on known validation images: mean cross-entropy of the logits, without margins
   * @param accuracy on known validation images
   */
  record Validation(
      Position at, double trainLoss, double loss, double accuracy, Head head, boolean best) {}
}
