package org.openmargin.report;

import java.util.List;
import java.util.function.Function;
import org.openmargin.config.v1.EvaluationReport;

/** The result in one sentence and five figures. */
record Verdict(EvaluationReport evaluation) {

  /** One figure, a fraction, and what it means. */
  record Tile(String name, double value, String meaning) {}

  String sentence() {
    var decision = evaluation.getDecision();
    return "Recognises %s of the images of unknown classes as unknown, and rejects %s of the known ones."
        .formatted(
            Numbers.percent(decision.getUnknownRejectionRate()),
            Numbers.percent(decision.getKnownRejectionRate()));
  }

  List<Tile> tiles() {
    var decision = evaluation.getDecision();
    return List.of(
        new Tile(
            "ACC",
            evaluation.getAcc(),
            range(EvaluationReport.Intervals::getAcc)
                + "known images given the right class, before any is rejected"),
        new Tile(
            "AUROC",
            evaluation.getAuroc(),
            range(EvaluationReport.Intervals::getAuroc)
                + "chance that an unknown image scores above a known one"),
        new Tile(
            "OSCR",
            evaluation.getOscr(),
            range(EvaluationReport.Intervals::getOscr)
                + "the same, and the known one gets the right class"),
        new Tile(
            "Unknown found", decision.getUnknownRejectionRate(), "at the acceptance threshold"),
        new Tile("Known rejected", decision.getKnownRejectionRate(), target()));
  }

  /** The confidence interval of a metric, where there is one. */
  private String range(Function<EvaluationReport.Intervals, EvaluationReport.Interval> metric) {
    return evaluation.hasIntervals()
        ? Numbers.perCent(ReportedScorer.interval(metric.apply(evaluation.getIntervals()))) + "; "
        : "";
  }

  /**
   * Whether the rejection rate of known test images agrees with its bound: within two standard
   * errors, {@code sqrt(alpha (1 - alpha) (1/n + 1/m))} for n validation and m known test images.
   */
  boolean agreesWithBound() {
    var counts = evaluation.getCounts();
    var alpha = evaluation.getDecision().getAlpha();
    var error =
        Math.sqrt(
            alpha * (1 - alpha) * (1.0 / counts.getValidation() + 1.0 / counts.getKnownTest()));
    return evaluation.getDecision().getKnownRejectionRate() <= alpha + 2 * error;
  }

  private String target() {
    var target = "target: at most " + Numbers.exactPercent(evaluation.getDecision().getAlpha());
    return agreesWithBound() ? target : target + "; test differs from validation";
  }
}
