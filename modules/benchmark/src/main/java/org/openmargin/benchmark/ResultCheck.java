package org.openmargin.benchmark;

import java.util.List;
import java.util.stream.Stream;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.plan.TrialName;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.config.v1.TrialResult;

/** Checks that a stored result belongs to a trial and holds what a table needs. */
final class ResultCheck {
  private ResultCheck() {}

  /** What is wrong; empty if nothing is. */
  static String fault(String plan, PlannedTrial trial, TrialResult result) {
    if (!result.getPlan().equals(plan) || !name(result).equals(trial.name())) {
      return "the result belongs to %s: %s".formatted(result.getPlan(), name(result));
    }
    if (!result.getExperimentSha256().equals(trial.digest())) {
      return "the plan or its experiment has changed since";
    }
    var data = trial.experiment().getData();
    var planned = classes(data.getKnownClassesList(), data.getKnownClassNamesList());
    var stored = classes(result.getKnownClassesList(), result.getKnownClassNamesList());
    return stored.equals(planned)
        ? damage(result.getEvaluation())
        : "the result is damaged: known_classes are %s, not %s".formatted(stored, planned);
  }

  private static List<Object> classes(List<Integer> ids, List<String> names) {
    return Stream.<Object>concat(ids.stream(), names.stream()).toList();
  }

  static TrialName name(TrialResult result) {
    return new TrialName(result.getMethod(), result.getTrial(), result.getSeed());
  }

  private static String damage(EvaluationReport evaluation) {
    if (!isFraction(evaluation.hasAcc(), evaluation.getAcc())) {
      return damaged("evaluation.acc");
    }
    var isOpen = evaluation.getOpenSetNotMeasured().isEmpty();
    for (var scorer : isOpen ? evaluation.getScorersList() : List.<ScorerResult>of()) {
      if (!isFraction(scorer.hasAuroc(), scorer.getAuroc())) {
        return damaged("auroc of " + scorer.getName());
      }
      if (!isFraction(scorer.hasOscr(), scorer.getOscr())) {
        return damaged("oscr of " + scorer.getName());
      }
    }
    return evaluation.getScorersList().stream()
            .map(EvaluationReport.ScorerResult::getName)
            .anyMatch(evaluation.getSelectedScorer()::equals)
        ? ""
        : damaged("evaluation.selected_scorer");
  }

  private static boolean isFraction(boolean present, double value) {
    return present && value >= 0 && value <= 1;
  }

  private static String damaged(String field) {
    return "the result is damaged: %s is missing or impossible".formatted(field);
  }
}
