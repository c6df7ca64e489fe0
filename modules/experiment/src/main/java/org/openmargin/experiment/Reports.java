package org.openmargin.experiment;

import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.report.ReportedEvaluation;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.trainer.Checkpoint;

/** Turns an evaluation into the message whose JSON form is {@code evaluation.json}. */
final class Reports {
  private Reports() {}

  static EvaluationReport of(
      ExperimentConfig config, OpenSetSplits splits, Checkpoint judged, OpenSetEvaluation result) {
    var report =
        ReportedEvaluation.of(result)
            .setExperiment(config.getName())
            .setCheckpoint(checkpoint(config, judged))
            .setRehearsal(config.getData().hasRehearsal())
            .addAllKnownClasses(splits.split().knownNames())
            .addAllUnknownClasses(splits.unknownNames());
    report.getCountsBuilder().setTrain(splits.training().train().count());
    return report.build();
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
}
