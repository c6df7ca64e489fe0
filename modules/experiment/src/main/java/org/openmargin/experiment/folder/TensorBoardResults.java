package org.openmargin.experiment.folder;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.trainer.listener.EventFile;

/** The figures of an evaluation for TensorBoard, at the step of the evaluated checkpoint. */
public final class TensorBoardResults {
  private static final String ACCURACY = "test/accuracy";
  private static final String AUROC = "test/auroc";
  private static final String OSCR = "test/oscr";
  private static final String UNKNOWN_REJECTED = "test/unknown_rejected";
  private static final String KNOWN_REJECTED = "test/known_rejected";

  /** What runs are compared by: figures of validation and test. */
  public static final List<String> TAGS =
      List.of(
          "validation/accuracy",
          "validation/loss",
          ACCURACY,
          AUROC,
          OSCR,
          UNKNOWN_REJECTED,
          KNOWN_REJECTED);

  private TensorBoardResults() {}

  /** Writes those that were measured, in place of those of an earlier evaluation. */
  public static void write(RunFolder files, EvaluationReport report) {
    var values = new LinkedHashMap<String, Double>();
    if (report.hasAcc()) {
      values.put(ACCURACY, report.getAcc());
    }
    if (report.hasAuroc()) {
      values.put(AUROC, report.getAuroc());
    }
    if (report.hasOscr()) {
      values.put(OSCR, report.getOscr());
    }
    var decision = report.getDecision();
    if (decision.hasUnknownRejectionRate()) {
      values.put(UNKNOWN_REJECTED, decision.getUnknownRejectionRate());
    }
    if (decision.hasKnownRejectionRate()) {
      values.put(KNOWN_REJECTED, decision.getKnownRejectionRate());
    }
    values.values().removeIf(value -> !Double.isFinite(value));
    try {
      var step = report.getCheckpoint().getStep();
      EventFile.write(files.tensorBoard(), "evaluation", step, values);
    } catch (IOException e) {
      throw RunFolder.unwritable(files.tensorBoard(), e);
    }
  }
}
