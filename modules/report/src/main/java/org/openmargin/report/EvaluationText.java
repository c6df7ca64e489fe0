package org.openmargin.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.scoring.metric.Metric;

/** An evaluation as a few lines for a terminal. */
public final class EvaluationText {
  static final String REHEARSAL =
      "a rehearsal: validation images stand in for test images, held-out known classes for unknown ones";

  private static final List<Metric> COLUMNS =
      List.of(Metric.AUROC, Metric.OSCR, Metric.FPR_AT_95_TPR);

  private EvaluationText() {}

  /**
   * @param report with fractions, not percentages
   * @return lines without line ends: accuracy, a row per scorer, thresholds, the decision, the
   *     worst groups of foreign images
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
    lines.add(row("  ", "scorer", Metric::label));
    report.getScorersList().forEach(scorer -> lines.add(row(scorer, report.getSelectedScorer())));
    lines.add("");
    lines.add("* decides (" + report.getScorerSelection() + ")");
    byUnknownClass(report).ifPresent(lines::add);
    if (report.hasBootstrap()) {
      lines.add(bootstrap(report.getBootstrap()));
    }
    lines.addAll(thresholds(report));
    lines.add(decision(report.getDecision()));
    lines.addAll(new ForeignTable(report.getForeignList()).lines());
    return List.copyOf(lines);
  }

  private static String row(EvaluationReport.ScorerResult result, String selected) {
    var scorer = new ReportedScorer(result);
    var mark = scorer.name().equals(selected) ? "* " : "  ";
    return row(mark, scorer.name(), metric -> cell(scorer, metric));
  }

  private static String row(String mark, String name, Function<Metric, String> cell) {
    return COLUMNS.stream()
        .map(metric -> text("%-23s", cell.apply(metric)))
        .collect(Collectors.joining(" ", mark + text("%-22s ", name), ""))
        .stripTrailing();
  }

  private static String cell(ReportedScorer scorer, Metric metric) {
    var value = scorer.value(metric);
    var interval = scorer.interval(metric);
    return value.isEmpty()
        ? ""
        : text("%.4f", value.getAsDouble())
            + interval.map(ends -> text(" [%.4f, %.4f]", ends.low(), ends.high())).orElse("");
  }

  private static String bracketed(EvaluationReport.Interval interval, boolean there) {
    return there ? text(" [%.4f, %.4f]", interval.getLow(), interval.getHigh()) : "";
  }

  /** The deciding scorer's, hardest class first; empty for one class or an older evaluation. */
  private static Optional<String> byUnknownClass(EvaluationReport report) {
    var classes = report.getUnknownClassesList();
    return report.getScorersList().stream()
        .filter(scorer -> scorer.getName().equals(report.getSelectedScorer()))
        .map(scorer -> new ReportedScorer(scorer).aurocByUnknownClass(classes))
        .filter(areas -> areas.size() > 1)
        .map(
            areas ->
                areas.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(area -> text("%s %.4f", area.getKey(), area.getValue()))
                    .collect(Collectors.joining(", ", "  its AUROC by unknown class: ", "")))
        .findFirst();
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
        "%n%.1f %% of known and %.1f %% of unknown test images are of no usual kind at all",
        100 * guard.getKnownRate(), 100 * guard.getUnknownRate());
  }

  private static String rates(EvaluationReport.Decision decision) {
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
