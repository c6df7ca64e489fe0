package org.openmargin.report;

import java.util.List;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.Rejections;
import org.openmargin.scoring.evaluation.SelectedScorer;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Metric;

/** An evaluation as the message whose JSON form is {@code evaluation.json}. */
public final class ReportedEvaluation {
  /** Why figures that need unknown test images are missing. */
  public static final String NO_UNKNOWN_IMAGES = "no unknown test images";

  private ReportedEvaluation() {}

  /**
   * All fields but experiment, checkpoint and known classes, which the caller adds.
   *
   * @param unknownClasses in the order of the data set
   */
  public static EvaluationReport.Builder of(
      OpenSetEvaluation evaluation, List<String> unknownClasses) {
    var selected = evaluation.selected();
    var report =
        EvaluationReport.newBuilder()
            .setAcc(evaluation.acc())
            .setEce(evaluation.closedSet().ece())
            .setSelectedScorer(selected.name())
            .setScorerSelection(selected.selection().reason())
            .setDecision(decision(evaluation))
            .setCounts(counts(evaluation))
            .addAllUnattainableAlphas(selected.calibration().unattainableAlphas());
    report.addAllUnknownClasses(unknownClasses);
    var deciding = evaluation.selectedMetrics();
    deciding.measured(Metric.AUROC).ifPresent(report::setAuroc);
    deciding.measured(Metric.OSCR).ifPresent(report::setOscr);
    if (evaluation.counts().unknownTest() == 0) {
      report.setOpenSetNotMeasured(NO_UNKNOWN_IMAGES);
    }
    AgainstChance.warnings(evaluation).forEach(report::addWarnings);
    evaluation
        .scorers()
        .forEach(s -> report.addScorers(ReportedScorer.of(s, unknownClasses).result()));
    report.getScorersBuilderList().forEach(s -> addRates(s, evaluation.rejections()));
    selected
        .calibration()
        .thresholds()
        .forEach(t -> report.addThresholds(threshold(t, evaluation.rejections())));
    evaluation
        .selectedMetrics()
        .intervals()
        .ifPresent(
            intervals ->
                report
                    .setIntervals(ReportedScorer.intervals(intervals))
                    .setBootstrap(bootstrap(intervals.bootstrap())));
    return report;
  }

  private static EvaluationReport.Counts counts(OpenSetEvaluation evaluation) {
    return EvaluationReport.Counts.newBuilder()
        .setValidation(evaluation.counts().validation())
        .setKnownTest(evaluation.counts().knownTest())
        .setUnknownTest(evaluation.counts().unknownTest())
        .build();
  }

  private static EvaluationReport.Bootstrap bootstrap(Bootstrap bootstrap) {
    return EvaluationReport.Bootstrap.newBuilder()
        .setResamples(bootstrap.resamples())
        .setSeed(bootstrap.seed())
        .setConfidence(bootstrap.confidence())
        .build();
  }

  private static void addRates(
      EvaluationReport.ScorerResult.Builder scorer, Rejections rejections) {
    var rates = rejections.byScorer().get(scorer.getName());
    if (rates != null) {
      rates.known().ifPresent(scorer::setKnownRejectionRate);
      rates.unknown().ifPresent(scorer::setUnknownRejectionRate);
    }
  }

  private static EvaluationReport.Threshold threshold(
      AcceptanceThreshold threshold, Rejections rejections) {
    var message = threshold(threshold).toBuilder();
    var rates = rejections.byAlpha().get(threshold.alpha());
    rates.known().ifPresent(message::setKnownRejectionRate);
    rates.unknown().ifPresent(message::setUnknownRejectionRate);
    return message.build();
  }

  private static EvaluationReport.Threshold threshold(AcceptanceThreshold threshold) {
    return EvaluationReport.Threshold.newBuilder()
        .setAlpha(threshold.alpha())
        .setThreshold(threshold.threshold())
        .setValidationImages(threshold.validationImages())
        .setRejectionBound(threshold.bound())
        .setValidationRejectionRate(threshold.validationRejectionRate())
        .build();
  }

  private static EvaluationReport.Guard guard(SelectedScorer.Unusual unusual) {
    var guard =
        EvaluationReport.Guard.newBuilder()
            .setThreshold(threshold(unusual.guard().threshold()))
            .setKnownRate(unusual.knownRate());
    unusual.unknownRate().ifPresent(guard::setUnknownRate);
    return guard.build();
  }

  private static EvaluationReport.Decision decision(OpenSetEvaluation evaluation) {
    var selected = evaluation.selected();
    var decision = EvaluationReport.Decision.newBuilder();
    selected.guard().ifPresent(guard -> decision.setGuard(guard(guard)));
    selected.test().unknownDetectionRate().ifPresent(decision::setUnknownRejectionRate);
    selected.test().macroF1().ifPresent(decision::setMacroF1);
    return decision
        .setAlpha(selected.threshold().alpha())
        .setThreshold(selected.threshold().threshold())
        .setKnownRejectionRate(selected.test().knownRejectionRate())
        .build();
  }
}
