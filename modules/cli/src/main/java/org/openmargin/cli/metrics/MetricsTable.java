package org.openmargin.cli.metrics;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.cli.console.Console;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;

/** Metrics as a table for people. */
final class MetricsTable {
  private final Console console;

  MetricsTable(Console console) {
    this.console = console;
  }

  void print(MeasuredFile measured) {
    var metrics = measured.metrics();
    var intervals = metrics.intervals();
    console.print(
        "%,d images of known classes, %,d of unknown ones",
        measured.knownImages(), measured.unknownImages());
    console.line("");
    row("ACC", measured.acc(), interval(intervals.map(Intervals::acc)), "known images only");
    row("AUROC", metrics.auroc(), interval(intervals.map(Intervals::auroc)), "");
    row("OSCR", metrics.oscr(), interval(intervals.map(Intervals::oscr)), "exact on ties");
    row("OSCR, ARPL code", metrics.oscrArplCompatible(), "to compare with published tables only");
    row("AUPR unknown", metrics.auprUnknown(), "AUOUT: unknown is the positive class");
    row("AUPR known", metrics.auprKnown(), "AUIN: known is the positive class");
    row("FPR@95TPR", metrics.fprAt95Tpr(), "lower is better; unknown is the positive class");
    row("DTACC", metrics.dtacc(), "best mean rate of right decisions");
    metrics
        .ccrAtFpr()
        .forEach((fpr, ccr) -> row("CCR@FPR " + fpr, ccr, "right and accepted, at that FPR"));
    row("AURC", metrics.riskCoverage().aurc(), "lower is better; known and unknown images");
    row("AUGRC", metrics.riskCoverage().augrc(), "lower is better; known and unknown images");
    row("AURC, known", metrics.knownRiskCoverage().aurc(), "lower is better; known images only");
    row("AUGRC, known", metrics.knownRiskCoverage().augrc(), "lower is better; known images only");
    measured.answers().ece().ifPresent(ece -> row("ECE", ece, "lower is better; 15 bins"));
    intervals
        .map(Intervals::bootstrap)
        .ifPresent(
            bootstrap -> {
              console.line("");
              console.print(
                  "in brackets: %s %% confidence, %,d bootstrap resamples, seed %d",
                  percent(bootstrap.confidence()), bootstrap.resamples(), bootstrap.seed());
            });
  }

  private void row(String name, double value, String remark) {
    row(name, value, "", remark);
  }

  private void row(String name, double value, String interval, String remark) {
    console.line(
        String.format(Locale.ROOT, "%-16s %.4f  %-16s  %s", name, value, interval, remark)
            .stripTrailing());
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> String.format(Locale.ROOT, "[%.4f, %.4f]", i.low(), i.high()))
        .orElse("");
  }

  private static String percent(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
