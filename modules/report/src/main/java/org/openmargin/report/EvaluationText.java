package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openmargin.config.v1.EvaluationReport;

/** An evaluation as a few lines for a terminal. */
public final class EvaluationText {
  static final String REHEARSAL =
      "a rehearsal: validation images stand for test images, held-out known classes for unknown ones";

  private EvaluationText() {}

  /**
   * @param report fractions, not per cents
   * @return lines without line ends: accuracy, a row per scorer, thresholds, the decision
   */
  public static List<String> lines(EvaluationReport report) {
    var lines = new ArrayList<String>();
    if (report.getRehearsal()) {
      lines.add(REHEARSAL);
    }
    lines.add(
        text(
            "ACC %.4f%s on %,d known test images, ECE %.4f; against %,d images of unknown classes:",
            report.getAcc(),
            bracketed(report.getIntervals().getAcc(), report.hasIntervals()),
            report.getCounts().getKnownTest(),
            report.getEce(),
            report.getCounts().getUnknownTest()));
    lines.add("");
    lines.add(text("  %-22s %-23s %-23s %9s", "scorer", "AUROC", "OSCR", "FPR@95TPR"));
    report.getScorersList().forEach(scorer -> lines.add(row(scorer, report.getSelectedScorer())));
    lines.add("");
    lines.add("* decides (" + report.getScorerSelection() + ")");
    if (report.hasBootstrap()) {
      lines.add(bootstrap(report.getBootstrap()));
    }
    lines.addAll(thresholds(report));
    lines.add(decision(report.getDecision()));
    return List.copyOf(lines);
  }

  private static String row(EvaluationReport.ScorerResult scorer, String selected) {
    return text(
        "%s %-22s %.4f%-17s %.4f%-17s %9.4f",
        scorer.getName().equals(selected) ? "*" : " ",
        scorer.getName(),
        scorer.getAuroc(),
        bracketed(scorer.getIntervals().getAuroc(), scorer.hasIntervals()),
        scorer.getOscr(),
        bracketed(scorer.getIntervals().getOscr(), scorer.hasIntervals()),
        scorer.getFprAt95Tpr());
  }

  private static String bracketed(EvaluationReport.Interval interval, boolean there) {
    return there ? text(" [%.4f, %.4f]", interval.getLow(), interval.getHigh()) : "";
  }

  private static String bootstrap(EvaluationReport.Bootstrap bootstrap) {
    return text(
        "in brackets: %.4g %% confidence from %,d bootstrap resamples of the test images",
        100 * bootstrap.getConfidence(), bootstrap.getResamples());
  }

  private static List<String> thresholds(EvaluationReport report) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(
        text(
            "acceptance thresholds from %,d known validation images:",
            report.getCounts().getValidation()));
    report.getThresholdsList().stream()
        .sorted(Comparator.comparingDouble(EvaluationReport.Threshold::getAlpha))
        .map(threshold -> threshold(threshold, report.getDecision().getAlpha()))
        .forEach(lines::add);
    return lines;
  }

  private static String threshold(EvaluationReport.Threshold threshold, double selected) {
    return text(
        "%s alpha %-5s unknown score above %.6g",
        threshold.getAlpha() == selected ? "*" : " ",
        threshold.getAlpha(),
        threshold.getThreshold());
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
