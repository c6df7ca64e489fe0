package org.openmargin.experiment;

import java.io.IOException;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.EvaluationPage;
import org.openmargin.report.PageTexts;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.scorer.TrainedHead;

/**
 * A trained model's answers to known and unknown test images, and how good they are.
 *
 * @param trained the model
 * @param plan scorers, and which one decides
 * @param scored known test images, then unknown ones, with the scores of all scorers
 * @param result metrics and acceptance thresholds
 */
record Evaluation(
    TrainedModel trained, EvaluationPlan plan, ScoredPredictions scored, OpenSetEvaluation result) {

  static Evaluation of(TrainedModel trained, ScorerChoice choice) {
    var scoring = trained.recipe().scoring();
    var outputs = ModelOutputs.of(trained);
    var head =
        scoring.needsTraining(choice)
            ? outputs.trainedHead(trained)
            : TrainedHead.of(outputs.head());
    var plan = scoring.plan(choice, head);
    var scored = ScoredPredictions.of(outputs.test(), plan.scorers());
    var result = OpenSetEvaluation.of(plan, outputs.validation(), scored);
    return new Evaluation(trained, plan, scored, result);
  }

  /** Known test images, then unknown ones. */
  Predictions test() {
    return scored.predictions();
  }

  /** The decision at {@code export.alpha}. */
  OpenSetDecision decision() {
    return new OpenSetDecision(plan.selectedScorer(), result.selected().threshold());
  }

  EvaluationReport report() {
    return Reports.of(trained, result);
  }

  /** Writes predictions.csv and report.html, then evaluation.json. */
  EvaluationReport write(RunFolder files) {
    var report = report();
    try {
      PredictionsCsv.write(files.predictions(), scored, decision());
      EvaluationHtml.write(files.report(), page(files, report));
    } catch (IOException e) {
      throw RunFolder.unwritable(files.path(), e);
    }
    files.write(files.evaluation(), JsonMessage.text(report));
    return report;
  }

  private EvaluationPage page(RunFolder files, EvaluationReport report) {
    var subtitle =
        "known: %s; unknown: %s%s"
            .formatted(
                String.join(", ", report.getKnownClassesList()),
                String.join(", ", report.getUnknownClassesList()),
                report.getRehearsal() ? "; " + EvaluationText.REHEARSAL : "");
    var checkpoint =
        "step %d, epoch %d (%s), accuracy on known validation images %.4f"
            .formatted(
                report.getCheckpoint().getStep(),
                report.getCheckpoint().getEpoch(),
                report.getCheckpoint().getSelection(),
                report.getCheckpoint().getValidationAcc());
    var provenance = RunProvenance.read(files).table();
    return new EvaluationPage(
        result, scored, new PageTexts(report.getExperiment(), subtitle, checkpoint, provenance));
  }
}
