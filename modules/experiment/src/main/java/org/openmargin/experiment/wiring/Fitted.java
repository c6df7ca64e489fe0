package org.openmargin.experiment.wiring;

import java.util.Optional;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.scorer.LinearHead;
import org.openmargin.scoring.scorer.TrainingOutputs;
import org.openmargin.trainer.Inference;

/**
 * What scorers are made from.
 *
 * @param head of the trained network
 * @param training its answers to the known training images; empty where no scorer needs them
 * @param linear the head as a linear function; empty where no scorer needs it or it is none
 */
public record Fitted(Head head, Optional<TrainingOutputs> training, Optional<LinearHead> linear) {

  /** For scorers that need nothing but logits. */
  public static Fitted toNothing(Head head) {
    return new Fitted(head, Optional.empty(), Optional.empty());
  }

  public static Fitted to(TrainingOutputs training, Inference inference) {
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
