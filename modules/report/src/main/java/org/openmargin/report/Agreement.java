package org.openmargin.report;

import java.util.List;
import java.util.function.Predicate;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.scoring.metric.Auroc;
import org.openmargin.scoring.metric.Ece;

/** Whether answers and figures are of the same evaluation. */
record Agreement(ResultFiles files, EvaluationReport evaluation, List<TestAnswer> answers) {
  /** For rates, which are quotients of the same whole numbers. */
  private static final double ROUNDING = 1e-9;

  /**
   * @throws ReportException if they are not
   */
  void require(AnswerColumns columns) {
    requireSelected();
    requireSame();
    columns.ofKnown(answers).ifPresent(this::requireCalibration);
  }

  private void requireCalibration(double[] probabilities) {
    var ece = Ece.of(probabilities, TestAnswer.correct(answers));
    if (Math.abs(ece - evaluation.getEce()) > ROUNDING) {
      throw new ReportException(
          "%s gives another ECE than evaluation.json: they belong to different evaluations%s"
              .formatted(files.predictions(), files.again()));
    }
  }

  private void requireSelected() {
    if (evaluation.getScorersList().stream()
        .noneMatch(scorer -> scorer.getName().equals(evaluation.getSelectedScorer()))) {
      throw new ReportException(
          "%s selects '%s', which is not among its scorers%s"
              .formatted(files.evaluation(), evaluation.getSelectedScorer(), files.again()));
    }
    var alpha = evaluation.getDecision().getAlpha();
    if (evaluation.getThresholdsList().stream().noneMatch(t -> t.getAlpha() == alpha)) {
      throw new ReportException(
          "%s decides at alpha %s, for which it has no threshold%s"
              .formatted(files.evaluation(), alpha, files.again()));
    }
  }

  private void requireSame() {
    var counts = evaluation.getCounts();
    var known = answers.stream().filter(TestAnswer::isKnown).toList();
    var unknown = answers.stream().filter(Predicate.not(TestAnswer::isKnown)).toList();
    if (known.size() != counts.getKnownTest() || unknown.size() != counts.getUnknownTest()) {
      throw new ReportException(
          "%s has %d known and %d unknown test images; evaluation.json has %d and %d%s"
              .formatted(
                  files.predictions(),
                  known.size(),
                  unknown.size(),
                  counts.getKnownTest(),
                  counts.getUnknownTest(),
                  files.again()));
    }
    var decision = evaluation.getDecision();
    if (differ(known, decision.getKnownRejectionRate())
        || differ(unknown, decision.getUnknownRejectionRate())) {
      throw new ReportException(
          "%s rejects other images than evaluation.json: they belong to different evaluations%s"
              .formatted(files.predictions(), files.again()));
    }
    requireFigures(known, unknown);
  }

  private void requireFigures(List<TestAnswer> known, List<TestAnswer> unknown) {
    var right = known.stream().filter(answer -> answer.prediction() == answer.label()).count();
    if (Math.abs((double) right / known.size() - evaluation.getAcc()) > ROUNDING
        || (!unknown.isEmpty()
            && Math.abs(Auroc.of(scores(known), scores(unknown)) - evaluation.getAuroc())
                > ROUNDING)) {
      throw new ReportException(
          "%s gives another ACC or AUROC than evaluation.json: they belong to different evaluations%s"
              .formatted(files.predictions(), files.again()));
    }
  }

  private static double[] scores(List<TestAnswer> answers) {
    return answers.stream().mapToDouble(TestAnswer::unknownScore).toArray();
  }

  private static boolean differ(List<TestAnswer> answers, double rejectionRate) {
    var rejected = answers.stream().filter(TestAnswer::rejected).count();
    return !answers.isEmpty()
        && Math.abs((double) rejected / answers.size() - rejectionRate) > ROUNDING;
  }
}
