package org.openmargin.experiment;

import java.util.Optional;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.LinearHead;
import org.openmargin.scoring.TrainingOutputs;
import org.openmargin.trainer.Inference;
import org.openmargin.v1.ScorerKind;

/**
 * What scorers are made from.
 *
 * @param head of the trained network
 * @param training its answers to the known training images; empty where no scorer needs them
 * @param linear the head as a linear function; empty where no scorer needs it or it is none
 */
record Fitted(Head head, Optional<TrainingOutputs> training, Optional<LinearHead> linear) {

  /** For scorers that need nothing but logits. */
  static Fitted toNothing(Head head) {
    return new Fitted(head, Optional.empty(), Optional.empty());
  }

  static Fitted to(TrainingOutputs training, Inference inference) {
    return new Fitted(
        training.head(), Optional.of(training), LinearHead.find(inference::logits, training));
  }

  TrainingOutputs outputs() {
    return training.orElseThrow();
  }

  LinearHead linear(ScorerKind kind) {
    return linear.orElseThrow(
        () ->
            new IllegalArgumentException(
                kind + " needs a dense or a cosine head; this one's logits are neither"));
  }
}
