package org.openmargin.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.sets.SetTable;
import org.openmargin.scoring.calibration.ConformalCalibration;

/** An evaluation as a few lines for a terminal. */
public final class EvaluationText {
  static final String REHEARSAL =
      "a rehearsal: validation images stand in for test images, held-out known classes for unknown ones";

  private EvaluationText() {}

  /**
   * @param report with fractions, not percentages
   * @return lines without line ends: accuracy, a row per scorer, thresholds, the decision, a row
   *     per set of images, the worst groups of foreign images; first of all what makes the figures
   *     doubtful
   */
  public static List<String> lines(EvaluationReport report) {
    var lines = new ArrayList<String>();
    if (report.getRehearsal()) {
      lines.add(REHEARSAL);
    }
    if (report.hasUnfinished()) {
      lines.add("unfinished: " + report.getUnfinished());
    }
    report.getWarningsList().forEach(warning -> lines.add("warning: " + warning));
    lines.add(
        text(
            "ACC %.4f%s on %,d known test images, ECE %.4f%s",
            report.getAcc(),
            bracketed(report.getIntervals().getAcc(), report.hasIntervals()),
            report.getCounts().getKnownTest(),
            report.getEce(),
            isOpen(report)
                ? text(
                    "; against %,d images of unknown classes:", report.getCounts().getUnknownTest())
                : ""));
    if (!isOpen(report)) {
      lines.add(notMeasured(report));
    }
    lines.add("");
    lines.addAll(new ScorerLines(report).lines());
    if (report.hasBootstrap()) {
      lines.add(bootstrap(report.getBootstrap()));
    }
    lines.addAll(thresholds(report));
    lines.add(decision(report.getDecision()));
    lines.addAll(new SetTable(report).lines());
    lines.addAll(new ForeignTable(report.getForeignList()).lines());
    return List.copyOf(lines);
  }

  private static boolean isOpen(EvaluationReport report) {
    return !report.hasOpenSetNotMeasured();
  }

  /** Why open-set figures are missing, and what can be had in their place. */
  static String notMeasured(EvaluationReport report) {
    return "AUROC, OSCR and the share of unknown images rejected: not measured: %s; estimate them from the known classes with: openmargin rehearse EXPERIMENT"
        .formatted(report.getOpenSetNotMeasured());
  }

  private static String bracketed(EvaluationReport.Interval interval, boolean there) {
    return there ? text(" [%.4f, %.4f]", interval.getLow(), interval.getHigh()) : "";
  }

  private static String bootstrap(EvaluationReport.Bootstrap bootstrap) {
    return text(
        "in brackets: %s %% confidence from %,d bootstrap resamples of the test images",
        BigDecimal.valueOf(bootstrap.getConfidence())
            .movePointRight(2)
            .stripTrailingZeros()
            .toPlainString(),
        bootstrap.getResamples());
  }

  private static List<String> thresholds(EvaluationReport report) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(text("acceptance thresholds from %,d known validation images:", calibrating(report)));
    report.getThresholdsList().stream()
        .sorted(Comparator.comparingDouble(EvaluationReport.Threshold::getAlpha))
        .map(threshold -> threshold(threshold, report.getDecision().getAlpha()))
        .forEach(lines::add);
    for (var alpha : report.getUnattainableAlphasList()) {
      var needed = ConformalCalibration.leastImages(alpha);
      lines.add(text("  alpha %-5s needs %,d of them", alpha, needed));
    }
    return lines;
  }

  /** A combination uses the others for the scales of its parts. */
  private static int calibrating(EvaluationReport report) {
    return report.getThresholdsCount() > 0
        ? report.getThresholds(0).getValidationImages()
        : report.getCounts().getValidation();
  }

  private static String threshold(EvaluationReport.Threshold threshold, double selected) {
    return text(
        "%s alpha %-5s unknown score above %.6g",
        threshold.getAlpha() == selected ? "*" : " ",
        threshold.getAlpha(),
        threshold.getThreshold());
  }

  private static String decision(EvaluationReport.Decision decision) {
    return rates(decision) + (decision.hasGuard() ? unusual(decision.getGuard()) : "");
  }

  private static String unusual(EvaluationReport.Guard guard) {
    return text(
        "%n%.1f %% of known%s test images are of no usual kind at all",
        100 * guard.getKnownRate(), ofUnknown(guard.hasUnknownRate(), guard.getUnknownRate()));
  }

  private static String rates(EvaluationReport.Decision decision) {
    return text(
        "at alpha %s: %.1f %% of known%s test images are rejected",
        decision.getAlpha(),
        100 * decision.getKnownRejectionRate(),
        ofUnknown(decision.hasUnknownRejectionRate(), decision.getUnknownRejectionRate()));
  }

  private static String ofUnknown(boolean there, double rate) {
    return there ? text(" and %.1f %% of unknown", 100 * rate) : "";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
