package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openmargin.report.Numbers;

/** A benchmark's table for people, in per cent. */
record BenchmarkText(BenchmarkTable table, CellFormat cells) {

  BenchmarkText(BenchmarkTable table, int digits) {
    this(table, new CellFormat(digits));
  }

  List<String> text() {
    return lines("", TextTable::text);
  }

  List<String> markdown() {
    return lines("### ", TextTable::markdown);
  }

  private List<String> lines(String mark, Function<TextTable, List<String>> form) {
    var texts = table.texts();
    var lines = new ArrayList<>(List.of(mark + texts.name(), ""));
    if (!texts.description().isEmpty()) {
      lines.add(texts.description());
    }
    lines.add(
        "Per cent: mean over the %s ± standard deviation (n - 1); in brackets the 95 %% interval of the mean (t). Scorer: %s."
            .formatted(texts.over(), texts.scorer()));
    lines.add("");
    lines.addAll(form.apply(means()));
    section(lines, "Published figures, and ours minus published:", published(), form);
    section(
        lines,
        "Against %s, trial by trial; two-sided p of the paired t test, the exact Wilcoxon signed-rank test and the exact sign test, not corrected for multiple tests:"
            .formatted(texts.baseline()),
        tests(),
        form);
    for (var metric : BenchmarkMetric.values()) {
      section(lines, metric + " by trial:", trials(metric), form);
    }
    section(lines, "Warnings:", items(table.remarks().warnings()));
    section(lines, "Where the figures come from:", items(table.remarks().origins()));
    return lines;
  }

  private static void section(
      List<String> lines, String heading, TextTable body, Function<TextTable, List<String>> form) {
    section(lines, heading, body.rows().isEmpty() ? List.of() : form.apply(body));
  }

  private static void section(List<String> lines, String heading, List<String> body) {
    if (!body.isEmpty()) {
      lines.addAll(List.of("", heading, ""));
      lines.addAll(body);
    }
  }

  private static List<String> items(List<String> remarks) {
    return remarks.stream().map(remark -> "- " + remark).toList();
  }

  private TextTable means() {
    var plotted = table.methods().stream().anyMatch(method -> method.x().isPresent());
    var headings = new ArrayList<>(List.of("method", "n", "ACC", "AUROC", "95 %", "OSCR", "95 %"));
    if (plotted) {
      headings.add(1, table.texts().xLabel().isEmpty() ? "x" : table.texts().xLabel());
    }
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      var row = new ArrayList<>(List.of(method.name()));
      if (plotted) {
        row.add(method.x().isPresent() ? Numbers.score(method.x().getAsDouble()) : CellFormat.NONE);
      }
      row.add(Integer.toString(method.byTrial().size()));
      row.add(cells.mean(method.summary(BenchmarkMetric.ACC)));
      for (var metric : List.of(BenchmarkMetric.AUROC, BenchmarkMetric.OSCR)) {
        row.add(cells.mean(method.summary(metric)));
        row.add(cells.interval(method.summary(metric)));
      }
      rows.add(row);
    }
    return new TextTable(headings, rows);
  }

  private TextTable published() {
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      if (!method.published().isEmpty()) {
        var row = new ArrayList<>(List.of(method.name()));
        for (var metric : BenchmarkMetric.values()) {
          row.add(cells.percent(method.published().getOrDefault(metric, Double.NaN)));
        }
        for (var metric : BenchmarkMetric.values()) {
          row.add(cells.signed(method.aboveThePublished(metric).orElse(Double.NaN)));
        }
        rows.add(row);
      }
    }
    return new TextTable(
        List.of("method", "ACC", "AUROC", "OSCR", "ours: ACC", "AUROC", "OSCR"), rows);
  }

  private TextTable tests() {
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      for (var metric : BenchmarkMetric.values()) {
        table
            .againstBaseline(method, metric)
            .ifPresent(test -> rows.add(test(method.name(), metric.name(), test)));
      }
    }
    return new TextTable(
        List.of("method", "metric", "n", "difference", "95 %", "t", "Wilcoxon", "sign"), rows);
  }

  private List<String> test(String method, String metric, PairedTest test) {
    return List.of(
        method,
        metric,
        Integer.toString(test.difference().count()),
        cells.signed(test.difference().mean()),
        cells.interval(test.difference()),
        cells.p(test.pairedT()),
        cells.p(test.wilcoxon()),
        cells.p(test.sign()));
  }

  private TextTable trials(BenchmarkMetric metric) {
    var headings = new ArrayList<>(List.of("method"));
    headings.addAll(table.trials());
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      var figures = method.perTrial(metric);
      var row = new ArrayList<>(List.of(method.name()));
      table.trials().forEach(t -> row.add(cells.percent(figures.getOrDefault(t, Double.NaN))));
      rows.add(row);
    }
    return new TextTable(headings, rows);
  }
}
