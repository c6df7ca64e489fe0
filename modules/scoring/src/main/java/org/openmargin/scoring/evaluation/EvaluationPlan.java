package org.openmargin.scoring.evaluation;

import java.util.List;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.Scorer;

/**
 * The scorers to compare and the one that decides.
 *
 * @param scorers at least one, with different names
 * @param selection names one of the scorers
 * @param bootstrap for the confidence intervals of the metrics
 */
public record EvaluationPlan(
    List<? extends Scorer> scorers, ScorerSelection selection, Bootstrap bootstrap) {

  /** Refuses duplicate names and a selection that is not among the scorers. */
  public EvaluationPlan {
    scorers = List.copyOf(scorers);
    var names = scorers.stream().map(Scorer::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("scorers must have different names; got " + names);
    }
    if (!names.contains(selection.scorer())) {
      throw new IllegalArgumentException(
          "the selected scorer '%s' is not among the scorers %s"
              .formatted(selection.scorer(), names));
    }
  }

  /** With the default bootstrap, seed 0. */
  public EvaluationPlan(List<? extends Scorer> scorers, ScorerSelection selection) {
    this(scorers, selection, Bootstrap.seeded(0));
  }

  public Scorer selectedScorer() {
    return scorers.stream()
        .filter(scorer -> scorer.name().equals(selection.scorer()))
        .findFirst()
        .orElseThrow();
  }
}
