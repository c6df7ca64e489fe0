package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.KnownImages;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.sets.PanelImages;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.ReportedEvaluation;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.evaluation.SelectedScorer;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.training.TrainingOutputs;
import org.openmargin.trainer.TrainSettings;

/**
 * A trained model's answers to known and unknown test images, and how good they are.
 *
 * @param head what the scorers were fitted to
 * @param plan scorers, and which one decides
 * @param validation known images, which set the thresholds
 * @param scored known test images, then unknown ones, with the scores of all scorers
 * @param result metrics and acceptance thresholds
 */
record Evaluation(
    TrainedModel trained,
    TrainedHead head,
    EvaluationPlan plan,
    Predictions validation,
    ScoredPredictions scored,
    OpenSetEvaluation result) {

  static Evaluation of(TrainedModel trained, ScorerChoice choice) {
    var scoring = trained.recipe().scoring();
    var outputs = ModelOutputs.of(trained, scoring.needsFeatures(choice));
    var head =
        scoring.needsTraining(choice)
            ? outputs.trainedHead(trained)
            : TrainedHead.of(outputs.head());
    return of(trained, outputs, head, choice);
  }

  /**
   * For outputs that are there.
   *
   * @param head fitted, if some scorer needs that
   * @throws IllegalArgumentException for a scorer that the head does not allow
   */
  static Evaluation of(
      TrainedModel trained, ModelOutputs outputs, TrainedHead head, ScorerChoice choice) {
    var plan = trained.recipe().scoring().plan(choice, head);
    var scored = ScoredPredictions.of(outputs.test(), plan.scorers());
    var result = OpenSetEvaluation.of(plan, outputs.validation(), scored);
    return new Evaluation(trained, head, plan, outputs.validation(), scored, result);
  }

  /** Known test images, then unknown ones. */
  Predictions test() {
    return scored.predictions();
  }

  /** The decision at {@code export.alpha}. */
  OpenSetDecision decision() {
    var selected = result.selected();
    var guard = selected.guard().map(SelectedScorer.Unusual::guard);
    return new OpenSetDecision(plan.selectedScorer(), selected.threshold(), guard);
  }

  /**
   * Writes predictions.csv and evaluation.json, then the page made from them.
   *
   * @param images besides the test images, whose answers are reported as well
   */
  EvaluationReport write(RunFolder files, PanelImages images) {
    var reported = report().toBuilder();
    new SetPanel(trained, decision()).report(reported, scored, images);
    trained.unfinished(files).ifPresent(reported::setUnfinished);
    var report = reported.build();
    try {
      PredictionsCsv.write(files.predictions(), scored, decision());
      files.write(files.evaluation(), JsonMessage.text(report));
      EvaluationHtml.write(EvaluatedRun.read(files.path()));
      // It shows the answers of an earlier evaluation.
      Files.deleteIfExists(files.failures());
    } catch (IOException e) {
      throw RunFolder.unwritable(files.path(), e);
    }
    return report;
  }

  /** The content of evaluation.json, without images besides the test images. */
  EvaluationReport report() {
    var recipe = trained.recipe();
    var splits = trained.splits();
    var report =
        ReportedEvaluation.of(result, splits.unknownNames())
            .setExperiment(recipe.export().experiment())
            .setCheckpoint(checkpoint())
            .setRehearsal(recipe.images().rehearsal().isPresent())
            .addAllKnownClasses(splits.split().knownNames());
    report
        .getCountsBuilder()
        .setTrain(splits.training().train().count())
        .addAllTrainByClass(byClass(splits.training().train()))
        .addAllValidationByClass(byClass(splits.training().validation()));
    head.training()
        .map(TrainingOutputs::size)
        .filter(fitted -> fitted < splits.training().train().count())
        .ifPresent(report.getCountsBuilder()::setFitted);
    return report.build();
  }

  private List<Integer> byClass(KnownImages images) {
    var counts = new int[trained.splits().split().knownNames().size()];
    IntStream.of(images.labels()).forEach(label -> counts[label]++);
    return IntStream.of(counts).boxed().toList();
  }

  private EvaluationReport.Checkpoint checkpoint() {
    var state = trained.checkpoint().state();
    var checkpoint =
        EvaluationReport.Checkpoint.newBuilder()
            .setStep(state.step())
            .setEpoch(state.epoch())
            .setSelection(selection(trained.recipe().training().keeping().selection()));
    if (state.isValidated()) {
      checkpoint.setValidationAcc(state.validationAccuracy());
    }
    return checkpoint.build();
  }

  private String selection(TrainSettings.Selection selection) {
    return switch (selection) {
      case LAST_EPOCH ->
          trained.checkpoint().state().epoch() == trained.epochs()
              ? "last epoch"
              : "newest checkpoint; %d epochs were planned".formatted(trained.epochs());
      case BEST_VALIDATION_ACCURACY ->
          "best accuracy on known validation images, which also set the thresholds: their bounds are approximate";
    };
  }
}
