package org.openmargin.benchmark;

import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.TrialResult;

/** Whether a result file holds what a table needs: it may have been cut or edited. */
final class TrialFigures {
  private TrialFigures() {}

  /** What is wrong; empty if nothing is. */
  static String fault(PlannedTrial trial, TrialResult result) {
    var planned = trial.experiment().getData().getKnownClassesList();
    if (!result.getKnownClassesList().equals(planned)) {
      return "the file is damaged: known_classes are %s, not %s"
          .formatted(result.getKnownClassesList(), planned);
    }
    var evaluation = result.getEvaluation();
    if (!isShare(evaluation.hasAcc(), evaluation.getAcc())) {
      return damaged("evaluation.acc");
    }
    for (var scorer : evaluation.getScorersList()) {
      if (!isShare(scorer.hasAuroc(), scorer.getAuroc())) {
        return damaged("auroc of " + scorer.getName());
      }
      if (!isShare(scorer.hasOscr(), scorer.getOscr())) {
        return damaged("oscr of " + scorer.getName());
      }
    }
    return evaluation.getScorersList().stream()
            .map(EvaluationReport.ScorerResult::getName)
            .anyMatch(evaluation.getSelectedScorer()::equals)
        ? ""
        : damaged("evaluation.selected_scorer");
  }

  private static boolean isShare(boolean there, double value) {
    return there && value >= 0 && value <= 1;
  }

  private static String damaged(String field) {
    return "the file is damaged: %s is missing or impossible".formatted(field);
  }
}
