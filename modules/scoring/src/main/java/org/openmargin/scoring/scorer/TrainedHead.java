package org.openmargin.scoring.scorer;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.openmargin.scoring.Head;

/**
 * The parts of a trained network that scorers are made from.
 *
 * @param training its outputs on the known training images; empty if no scorer needs them
 * @param linear the head as a linear function; empty if no scorer needs it or the head has another
 *     form
 */
public record TrainedHead(
    Head head, Optional<TrainingOutputs> training, Optional<LinearHead> linear) {

  /** For scorers that need only logits. */
  public static TrainedHead of(Head head) {
    return new TrainedHead(head, Optional.empty(), Optional.empty());
  }

  /**
   * For every scorer.
   *
   * @param logits maps embeddings [n][d] to the network's logits [n][columns]
   */
  public static TrainedHead of(TrainingOutputs training, UnaryOperator<float[][]> logits) {
    return new TrainedHead(
        training.head(), Optional.of(training), LinearHead.find(logits, training));
  }

  TrainingOutputs outputs() {
    return training.orElseThrow();
  }
}
