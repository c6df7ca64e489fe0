package org.openmargin.report;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.scoring.metric.ScorerMetrics;

/** Every metric of every scorer. */
record ScorerTable(OpenSetEvaluation evaluation) {

  String html() {
    var headings =
        Stream.concat(Stream.of("scorer"), Stream.of(Metric.values()).map(ScorerTable::heading))
            .toList();
    var rows = evaluation.scorers().stream().map(this::row).collect(Collectors.joining());
    return Markup.table(
        "Per cent; \u2191 higher is better, \u2193 lower is better; CCR@FPR 0.01 is at an FPR of 1\u202f%"
            + intervals(),
        headings,
        rows);
  }

  private static String heading(Metric metric) {
    return metric.label() + (metric.better() == Metric.Better.HIGHER ? " \u2191" : " \u2193");
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
    var cells =
        Stream.of(Metric.values())
            .map(metric -> cell(m.value(metric), m.interval(metric)))
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
