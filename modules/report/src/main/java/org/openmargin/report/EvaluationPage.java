package org.openmargin.report;

import org.openmargin.scoring.OpenSetDecision;
import org.openmargin.scoring.OpenSetEvaluation;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Scorer;
import org.openmargin.scoring.UnknownScores;

/**
 * Everything that the page shows.
 *
 * @param evaluation the figures
 * @param test the test predictions they were computed from
 * @param selected the scorer that decides; the same as the evaluation's
 * @param texts title, selection, provenance
 */
public record EvaluationPage(
    OpenSetEvaluation evaluation, Predictions test, Scorer selected, PageTexts texts) {

  /** Refuses a scorer or predictions that are not the evaluation's. */
  public EvaluationPage {
    if (!selected.name().equals(evaluation.selected().name())) {
      throw new IllegalArgumentException(
          "the page's scorer is '%s'; the evaluation selected '%s'"
              .formatted(selected.name(), evaluation.selected().name()));
    }
    int images = evaluation.counts().knownTest() + evaluation.counts().unknownTest();
    if (test.size() != images) {
      throw new IllegalArgumentException(
          "the page has %d test predictions; the evaluation was made from %d"
              .formatted(test.size(), images));
    }
  }

  OpenSetDecision decision() {
    return new OpenSetDecision(selected, evaluation.selected().threshold());
  }

  UnknownScores scores() {
    return UnknownScores.of(selected, test);
  }
}
