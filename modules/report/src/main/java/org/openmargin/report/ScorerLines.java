package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.scoring.metric.Metric;

/** The scorers of an evaluation as lines for a terminal, at most 80 characters in the table. */
record ScorerLines(EvaluationReport report) {
  private static final List<Metric> COLUMNS = List.of(Metric.AUROC, Metric.OSCR);

  List<String> lines() {
    var lines = table();
    lines.add("");
    lines.add("* decides (" + report.getScorerSelection() + ")");
    byUnknownClass().ifPresent(lines::add);
    return lines;
  }

  /** With a column of images rejected: of unknown ones, or of known ones if there are no others. */
  private List<String> table() {
    var lines = new ArrayList<String>();
    if (!report.hasOpenSetNotMeasured()) {
      lines.add(row("  ", "scorer", Metric::label, "rejected"));
      for (var result : report.getScorersList()) {
        var scorer = new ReportedScorer(result);
        var rejected = percent(result.hasUnknownRejectionRate(), result.getUnknownRejectionRate());
        lines.add(row(mark(scorer), scorer.name(), m -> cell(scorer, m), rejected));
      }
      lines.add(
          text(
              "  rejected: share of unknown test images, by each scorer's own threshold at alpha %s",
              report.getDecision().getAlpha()));
      return lines;
    }
    lines.add(text("  %-22s %s", "scorer", "known test images rejected"));
    for (var result : report.getScorersList()) {
      var rejected = percent(result.hasKnownRejectionRate(), result.getKnownRejectionRate());
      var mark = mark(new ReportedScorer(result));
      lines.add(text("%s%-22s %s", mark, result.getName(), rejected).stripTrailing());
    }
    return lines;
  }

  private String mark(ReportedScorer scorer) {
    return scorer.name().equals(report.getSelectedScorer()) ? "* " : "  ";
  }

  private static String percent(boolean there, double rate) {
    return there ? text("%.1f %%", 100 * rate) : "";
  }

  private static String row(
      String mark, String name, Function<Metric, String> cell, String rejected) {
    return COLUMNS.stream()
        .map(metric -> text("%-22s", cell.apply(metric)))
        .collect(Collectors.joining(" ", mark + text("%-22s ", name), " " + rejected))
        .stripTrailing();
  }

  private static String cell(ReportedScorer scorer, Metric metric) {
    var value = scorer.value(metric);
    var interval = scorer.interval(metric);
    return value.isEmpty()
        ? ""
        : text("%.4f", value.getAsDouble())
            + interval.map(ends -> text(" [%.4f,%.4f]", ends.low(), ends.high())).orElse("");
  }

  /** The deciding scorer's, hardest class first; empty for one class or an older evaluation. */
  private Optional<String> byUnknownClass() {
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

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
