package org.openmargin.report;

import java.util.function.Function;
import org.openmargin.scoring.evaluation.ImageCounts;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.OperatingPoint;
import org.openmargin.scoring.evaluation.SelectedScorer;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.ScorerMetrics;

/** The result in one sentence and five figures. */
record Verdict(OpenSetEvaluation evaluation) {

  String html() {
    ScorerMetrics metrics = evaluation.selectedMetrics();
    OperatingPoint test = evaluation.selected().test();
    String tiles =
        tile(
                "ACC",
                evaluation.acc(),
                range(Intervals::acc) + "known images with the right class, none rejected")
            + tile(
                "AUROC",
                metrics.auroc(),
                range(Intervals::auroc) + "chance that an unknown image scores above a known one")
            + tile(
                "OSCR",
                metrics.oscr(),
                range(Intervals::oscr) + "the same, and the known one has the right class")
            + tile("Unknown found", test.unknownDetectionRate(), "at the acceptance threshold")
            + tile("Known rejected", test.knownRejectionRate(), keptPromise());
    return Markup.block("p", "verdict", Markup.text(sentence()))
        + Markup.block("div", "tiles", tiles);
  }

  /** The confidence interval of a metric, where there is one. */
  private String range(Function<Intervals, Interval> metric) {
    return evaluation
        .selectedMetrics()
        .intervals()
        .map(metric)
        .map(interval -> Numbers.perCent(interval) + "; ")
        .orElse("");
  }

  String sentence() {
    OperatingPoint test = evaluation.selected().test();
    return "Calls %s of the images of unknown classes unknown, and rejects %s of the known ones."
        .formatted(
            Numbers.percent(test.unknownDetectionRate()),
            Numbers.percent(test.knownRejectionRate()));
  }

  /**
   * Whether the rejection rate of known test images agrees with its bound: within two standard
   * errors, {@code sqrt(alpha (1 - alpha) (1/n + 1/m))} for n validation and m known test images.
   */
  boolean agreesWithBound() {
    SelectedScorer selected = evaluation.selected();
    ImageCounts counts = evaluation.counts();
    double alpha = selected.threshold().alpha();
    double error =
        Math.sqrt(alpha * (1 - alpha) * (1.0 / counts.validation() + 1.0 / counts.knownTest()));
    return selected.test().knownRejectionRate() <= alpha + 2 * error;
  }

  private String keptPromise() {
    String wanted =
        "wanted: at most " + Numbers.exactPercent(evaluation.selected().threshold().alpha());
    return agreesWithBound() ? wanted : wanted + "; test differs from validation";
  }

  private static String tile(String name, double value, String meaning) {
    return """
        <div class="tile"><div class="name">%s</div><div class="value">%s<span>%%</span></div>\
        <div class="meaning">%s</div></div>
        """
        .formatted(Markup.text(name), Numbers.perCent(value), Markup.text(meaning));
  }
}
