package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Optional;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.scorer.ScorerType;

/**
 * Which scorer decides, and at which thresholds.
 *
 * @param selected by the experiment
 * @param ofLoss the loss's default if none is selected; empty for one that suits the head
 * @param alpha rate of known images that may be rejected
 * @param furtherAlphas rates whose thresholds are stored as well
 */
public record DecidingScorer(
    Optional<ScorerType> selected,
    Optional<DecidingScorer.Default> ofLoss,
    double alpha,
    List<Double> furtherAlphas) {

  /**
   * The deciding scorer if the experiment selects none.
   *
   * @param owner what has this default, in words
   */
  public record Default(ScorerType type, String owner) {}

  public DecidingScorer {
    furtherAlphas = List.copyOf(furtherAlphas);
  }

  ScorerType type(Head head) {
    return selected.orElseGet(() -> fallback(head).type());
  }

  /** The head's own score in a combination, if the experiment names none. */
  ScorerType own(Head head) {
    return fallback(head).type();
  }

  ScorerSelection selection(Head head) {
    var reason =
        selected.isPresent()
            ? "set by scoring.selected"
            : "the default of " + fallback(head).owner();
    return new ScorerSelection(type(head).key(), reason, alpha, furtherAlphas);
  }

  private Default fallback(Head head) {
    return ofLoss.orElseGet(
        () ->
            head.openClass()
                ? new Default(ScorerType.MAX_PROBABILITY_OPEN, "a head with an open class")
                : new Default(ScorerType.MAX_PROBABILITY_CLOSED, "a head without an open class"));
  }
}
