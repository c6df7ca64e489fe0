package org.openmargin.report;

import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;

/**
 * Everything that the page shows.
 *
 * @param evaluation the figures
 * @param scored the test predictions that they were computed from, with the scores of the scorer
 *     that decides
 * @param texts title, selection, provenance
 */
public record EvaluationPage(
    OpenSetEvaluation evaluation, ScoredPredictions scored, PageTexts texts) {

  /** Refuses scores or predictions that are not the evaluation's. */
  public EvaluationPage {
    if (!scored.scores().containsKey(evaluation.selected().name())) {
      throw new IllegalArgumentException(
          "the page has scores of %s; the evaluation selected '%s'"
              .formatted(scored.scores().keySet(), evaluation.selected().name()));
    }
    int images = evaluation.counts().knownTest() + evaluation.counts().unknownTest();
    if (scored.predictions().size() != images) {
      throw new IllegalArgumentException(
          "the page has %d test predictions; the evaluation was made from %d"
              .formatted(scored.predictions().size(), images));
    }
  }

  Predictions test() {
    return scored.predictions();
  }

  boolean[] rejected() {
    return evaluation.selected().threshold().rejected(scored.of(selected()));
  }

  UnknownScores scores() {
    return scored.unknownScores(selected());
  }

  /** Name of the scorer that decides. */
  String selected() {
    return evaluation.selected().name();
  }
}
