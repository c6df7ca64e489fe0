package org.openmargin.experiment;

import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.report.ReportedScorer;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.trainer.Checkpoint;

/** Turns an evaluation into the message whose JSON form is {@code evaluation.json}. */
final class Reports {
  private Reports() {}

  static EvaluationReport of(
      ExperimentConfig config, OpenSetSplits splits, Checkpoint judged, OpenSetEvaluation result) {
    var selected = result.selected();
    var report =
        EvaluationReport.newBuilder()
            .setExperiment(config.getName())
            .setAcc(result.acc())
            .setEce(result.closedSet().ece())
            .setSelectedScorer(selected.name())
            .setScorerSelection(selected.selection().reason())
            .setAuroc(result.selectedMetrics().auroc())
            .setOscr(result.selectedMetrics().oscr())
            .setCheckpoint(checkpoint(config, judged))
            .setCounts(counts(splits))
            .setRehearsal(config.getData().hasRehearsal())
            .setDecision(decision(result))
            .addAllKnownClasses(splits.split().knownNames())
            .addAllUnknownClasses(splits.unknownNames());
    result.scorers().forEach(metrics -> report.addScorers(ReportedScorer.of(metrics).result()));
    result
        .selectedMetrics()
        .intervals()
        .ifPresent(
            intervals ->
                report
                    .setIntervals(ReportedScorer.intervals(intervals))
                    .setBootstrap(bootstrap(intervals.bootstrap())));
    selected.calibration().thresholds().forEach(t -> report.addThresholds(threshold(t)));
    return report.build();
  }

  private static EvaluationReport.Bootstrap bootstrap(Bootstrap bootstrap) {
    return EvaluationReport.Bootstrap.newBuilder()
        .setResamples(bootstrap.resamples())
        .setSeed(bootstrap.seed())
        .setConfidence(bootstrap.confidence())
        .build();
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

  private static EvaluationReport.Decision decision(OpenSetEvaluation result) {
    var selected = result.selected();
    return EvaluationReport.Decision.newBuilder()
        .setAlpha(selected.threshold().alpha())
        .setThreshold(selected.threshold().threshold())
        .setKnownRejectionRate(selected.test().knownRejectionRate())
        .setUnknownRejectionRate(selected.test().unknownDetectionRate())
        .setMacroF1(selected.test().macroF1())
        .build();
  }

  private static EvaluationReport.Checkpoint checkpoint(
      ExperimentConfig config, Checkpoint checkpoint) {
    return EvaluationReport.Checkpoint.newBuilder()
        .setStep(checkpoint.state().step())
        .setEpoch(checkpoint.state().epoch())
        .setSelection(selection(config.getTraining().getSelection()))
        .setValidationAcc(checkpoint.state().validationAccuracy())
        .build();
  }

  static String selection(TrainingConfig.Selection selection) {
    return switch (selection) {
      case LAST_EPOCH -> "last epoch";
      case BEST_VALIDATION_ACCURACY ->
          "best accuracy on known validation images; these set the thresholds, too, so their bounds are approximate";
    };
  }

  private static EvaluationReport.Counts counts(OpenSetSplits splits) {
    return EvaluationReport.Counts.newBuilder()
        .setTrain(splits.training().train().count())
        .setValidation(splits.training().validation().count())
        .setKnownTest(splits.test().known().count())
        .setUnknownTest(splits.test().unknown().count())
        .build();
  }
}
