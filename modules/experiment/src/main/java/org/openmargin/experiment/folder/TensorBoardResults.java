package org.openmargin.experiment.folder;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.trainer.listener.TensorBoardEvents;

/** The figures of an evaluation for TensorBoard, at the step of the evaluated checkpoint. */
public final class TensorBoardResults {
  private TensorBoardResults() {}

  /** Writes those that were measured, in place of those of an earlier evaluation. */
  public static void write(RunFolder files, EvaluationReport report) {
    var values = new LinkedHashMap<String, Double>();
    if (report.hasAcc()) {
      values.put("test/accuracy", report.getAcc());
    }
    if (report.hasAuroc()) {
      values.put("test/auroc", report.getAuroc());
    }
    if (report.hasOscr()) {
      values.put("test/oscr", report.getOscr());
    }
    var decision = report.getDecision();
    if (decision.hasUnknownRejectionRate()) {
      values.put("test/unknown_rejected", decision.getUnknownRejectionRate());
    }
    if (decision.hasKnownRejectionRate()) {
      values.put("test/known_rejected", decision.getKnownRejectionRate());
    }
    values.values().removeIf(value -> !Double.isFinite(value));
    try {
      var step = report.getCheckpoint().getStep();
      TensorBoardEvents.write(files.tensorBoard(), "evaluation", step, values);
    } catch (IOException e) {
      throw RunFolder.unwritable(files.tensorBoard(), e);
    }
  }
}
