package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.serving.ModelException;

/**
 * The files of an evaluation: logits in predictions.csv, scorer and thresholds in evaluation.json.
 * An export repeats the evaluation, because the files hold no embeddings, and must get the same
 * logits bit for bit.
 */
record WrittenEvaluation(RunFolder files) {
  /** For thresholds: scores are rounded differently on other devices and thread counts. */
  private static final double TOLERANCE = 1e-4;

  /**
   * Compares with a fresh evaluation of the checkpoint.
   *
   * @throws RunException if the run has not been evaluated
   * @throws ModelException naming the difference and the remedy
   */
  void requireSame(Evaluation now) {
    if (!Files.exists(files.predictions()) || !files.holdsEvaluation()) {
      throw new RunException(
          files.path() + " has not been evaluated yet: run " + files.call("evaluate()"));
    }
    requireSameLogits(now.test());
    requireSameDecision(now.report());
  }

  private void requireSameLogits(Predictions now) {
    var written = read(now.head());
    if (!written.truth().ids().equals(now.truth().ids())) {
      throw new ModelException(
          "%s does not list the images of the test set: run %s"
              .formatted(files.predictions(), files.call("evaluate()")));
    }
    for (var row = 0; row < now.size(); row++) {
      var column = Arrays.mismatch(written.logits()[row], now.logits()[row]);
      if (column >= 0) {
        throw new ModelException(
            "export refused: %s has logit %s in column %d of image %s, but the checkpoint now gives %s; the evaluation had other overrides (repeat them) or another device, or the file was changed: run %s"
                .formatted(
                    files.predictions(),
                    written.logits()[row][column],
                    column,
                    now.truth().ids().get(row),
                    now.logits()[row][column],
                    files.call("evaluate()")));
      }
    }
  }

  private Predictions read(Head head) {
    try {
      return PredictionsCsv.read(files.predictions(), head);
    } catch (IOException e) {
      throw new ModelException(files.predictions() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The exported model must decide with the scorer and thresholds of the evaluation. */
  private void requireSameDecision(EvaluationReport now) {
    var written = EvaluationReport.newBuilder();
    JsonMessage.read(files.evaluation(), written);
    if (!written.getSelectedScorer().equals(now.getSelectedScorer())) {
      throw differs(written.getSelectedScorer(), now.getSelectedScorer());
    }
    var alpha = now.getDecision().getAlpha();
    if (written.getThresholdsList().stream().noneMatch(t -> t.getAlpha() == alpha)) {
      throw new ModelException(
          "%s has no threshold at alpha %s: run %s first, with the override export.alpha=%s"
              .formatted(files.evaluation(), alpha, files.call("evaluate()"), alpha));
    }
    for (var before : written.getThresholdsList()) {
      for (var after : now.getThresholdsList()) {
        var difference = Math.abs(before.getThreshold() - after.getThreshold());
        var same = difference <= TOLERANCE * (1 + Math.abs(after.getThreshold()));
        if (before.getAlpha() == after.getAlpha() && !same) {
          throw differs(text(before), text(after));
        }
      }
    }
  }

  private static String text(EvaluationReport.Threshold threshold) {
    return "threshold %s at alpha %s".formatted(threshold.getThreshold(), threshold.getAlpha());
  }

  private ModelException differs(String evaluated, String exported) {
    return new ModelException(
        "%s has %s, but the exported model would have %s: repeat the overrides of the evaluation, or evaluate again"
            .formatted(files.evaluation(), evaluated, exported));
  }
}
