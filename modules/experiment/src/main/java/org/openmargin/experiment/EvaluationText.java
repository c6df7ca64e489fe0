package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.v1.EvaluationReport;

/** An evaluation as a few lines for a terminal. */
public final class EvaluationText {
  private EvaluationText() {}

  /**
   * @param report fractions, not per cents
   * @return lines without line ends: accuracy, a row per scorer, thresholds, the decision
   */
  public static List<String> lines(EvaluationReport report) {
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "ACC %.4f on %,d known test images; against %,d images of unknown classes:",
            report.getAcc(),
            report.getCounts().getKnownTest(),
            report.getCounts().getUnknownTest()));
    lines.add("");
    lines.add("  scorer                  AUROC    OSCR  FPR@95TPR");
    report.getScorersList().forEach(scorer -> lines.add(row(scorer, report.getSelectedScorer())));
    lines.add("");
    lines.add("* decides (" + report.getScorerSelection() + ")");
    lines.addAll(thresholds(report));
    lines.add(decision(report.getDecision()));
    return List.copyOf(lines);
  }

  private static String row(EvaluationReport.ScorerResult scorer, String selected) {
    return text(
        "%s %-22s %.4f  %.4f  %9.4f",
        scorer.getName().equals(selected) ? "*" : " ",
        scorer.getName(),
        scorer.getAuroc(),
        scorer.getOscr(),
        scorer.getFprAt95Tpr());
  }

  private static List<String> thresholds(EvaluationReport report) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(
        text(
            "acceptance thresholds from %,d known validation images:",
            report.getCounts().getValidation()));
    for (var threshold : report.getThresholdsList()) {
      lines.add(
          text(
              "%s alpha %-5s threshold %.6g",
              threshold.getAlpha() == report.getDecision().getAlpha() ? "*" : " ",
              threshold.getAlpha(),
              threshold.getThreshold()));
    }
    return lines;
  }

  private static String decision(EvaluationReport.Decision decision) {
    return text(
        "at alpha %s: %.1f %% of known and %.1f %% of unknown test images are rejected",
        decision.getAlpha(),
        100 * decision.getKnownRejectionRate(),
        100 * decision.getUnknownRejectionRate());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
