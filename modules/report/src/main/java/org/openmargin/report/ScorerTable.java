package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.ScorerMetrics;

/** Every metric of every scorer. */
record ScorerTable(OpenSetEvaluation evaluation) {

  String html() {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "scorer",
                "AUROC \u2191",
                "OSCR \u2191",
                "OSCR, ARPL code",
                "AUPR unknown \u2191",
                "AUPR known \u2191",
                "FPR@95 TPR \u2193",
                "DTACC \u2191",
                "AURC \u2193",
                "AUGRC \u2193"));
    ScorerMetrics.FPRS.forEach(fpr -> headings.add("CCR@" + Numbers.exactPercent(fpr) + " \u2191"));
    String rows = evaluation.scorers().stream().map(this::row).collect(Collectors.joining());
    return Markup.table(
        "Per cent; \u2191 higher is better, \u2193 lower is better; CCR@1\u202f% is at an FPR of 1\u202f%"
            + intervals(),
        headings,
        rows);
  }

  private String intervals() {
    return evaluation
        .selectedMetrics()
        .intervals()
        .map(Intervals::bootstrap)
        .map(
            bootstrap ->
                "; small: %s confidence interval, %s bootstrap resamples of the test images"
                    .formatted(
                        Numbers.exactPercent(bootstrap.confidence()),
                        Numbers.count(bootstrap.resamples())))
        .orElse("");
  }

  private String row(ScorerMetrics m) {
    boolean selected = m.name().equals(evaluation.selected().name());
    DoubleStream further =
        DoubleStream.concat(
            DoubleStream.of(
                m.oscrArplCompatible(),
                m.auprUnknown(),
                m.auprKnown(),
                m.fprAt95Tpr(),
                m.dtacc(),
                m.riskCoverage().aurc(),
                m.riskCoverage().augrc()),
            m.ccrAtFpr().values().stream().mapToDouble(Double::doubleValue));
    String cells =
        cell(m.auroc(), m.intervals().map(Intervals::auroc))
            + cell(m.oscr(), m.intervals().map(Intervals::oscr))
            + further
                .mapToObj(value -> cell(value, Optional.empty()))
                .collect(Collectors.joining());
    return "<tr%s><th scope=\"row\"><code>%s</code>%s</th>%s</tr>\n"
        .formatted(
            selected ? " class=\"selected\"" : "",
            Markup.text(m.name()),
            selected ? "<br/><span class=\"tag\">selected</span>" : "",
            cells);
  }

  private static String cell(double value, Optional<Interval> interval) {
    return "<td class=\"number\">%s%s</td>"
        .formatted(
            Numbers.perCent(value),
            interval.map(i -> "<small>" + Numbers.perCent(i) + "</small>").orElse(""));
  }
}
