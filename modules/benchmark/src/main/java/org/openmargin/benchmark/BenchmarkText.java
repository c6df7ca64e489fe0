package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.openmargin.report.Numbers;

/**
 * A benchmark's table for people, in per cent.
 *
 * @param table the figures
 * @param digits after the point
 */
public record BenchmarkText(BenchmarkTable table, int digits) {
  private static final String NONE = "-";

  /** Lines for a terminal. */
  public List<String> text() {
    return lines("", Grid::text);
  }

  /** Lines of Markdown. */
  public List<String> markdown() {
    return lines("### ", Grid::markdown);
  }

  private List<String> lines(String mark, Function<Grid, List<String>> form) {
    List<String> lines = new ArrayList<>();
    lines.add(mark + table.texts().name());
    lines.add("");
    if (!table.texts().description().isEmpty()) {
      lines.add(table.texts().description());
    }
    lines.add(
        "Per cent: mean over the %s ± standard deviation (n - 1); in brackets the 95 %% interval of the mean (t). Scorer: %s."
            .formatted(table.texts().over(), table.texts().scorer()));
    section(lines, form.apply(means()));
    if (table.methods().stream().anyMatch(method -> !method.published().isEmpty())) {
      lines.add("");
      lines.add("Published (ACC / AUROC / OSCR), and how far ours are above:");
      section(lines, form.apply(published()));
    }
    Grid tests = tests();
    if (!tests.rows().isEmpty()) {
      lines.add("");
      lines.add(
          "Against %s, trial by trial; two-sided p of the paired t test, of the exact Wilcoxon signed-rank test and of the exact sign test, none corrected for the number of tests:"
              .formatted(table.texts().baseline()));
      section(lines, form.apply(tests));
    }
    for (BenchmarkMetric metric : BenchmarkMetric.values()) {
      lines.add("");
      lines.add(metric + " by trial:");
      section(lines, form.apply(trials(metric)));
    }
    remarks(lines, "Warnings:", table.remarks().warnings());
    remarks(lines, "Where the figures come from:", table.remarks().origins());
    return lines;
  }

  private static void section(List<String> lines, List<String> grid) {
    lines.add("");
    lines.addAll(grid);
  }

  private static void remarks(List<String> lines, String heading, List<String> remarks) {
    if (!remarks.isEmpty()) {
      lines.addAll(List.of("", heading, ""));
      remarks.forEach(remark -> lines.add("- " + remark));
    }
  }

  private Grid means() {
    boolean plotted = table.methods().stream().anyMatch(method -> method.x().isPresent());
    List<String> headings = new ArrayList<>(List.of("method"));
    if (plotted) {
      headings.add(table.texts().xLabel().isEmpty() ? "x" : table.texts().xLabel());
    }
    headings.addAll(List.of("n", "ACC", "AUROC", "95 %", "OSCR", "95 %"));
    List<List<String>> rows = new ArrayList<>();
    for (MeasuredMethod method : table.methods()) {
      List<String> row = new ArrayList<>(List.of(method.name()));
      if (plotted) {
        row.add(method.x().isPresent() ? Numbers.score(method.x().getAsDouble()) : NONE);
      }
      row.add(Integer.toString(method.byTrial().size()));
      row.add(mean(method.summary(BenchmarkMetric.ACC)));
      for (BenchmarkMetric metric : List.of(BenchmarkMetric.AUROC, BenchmarkMetric.OSCR)) {
        row.add(mean(method.summary(metric)));
        row.add(interval(method.summary(metric)));
      }
      rows.add(row);
    }
    return new Grid(headings, rows);
  }

  private Grid published() {
    List<List<String>> rows = new ArrayList<>();
    for (MeasuredMethod method : table.methods()) {
      if (method.published().isEmpty()) {
        continue;
      }
      List<String> row = new ArrayList<>(List.of(method.name()));
      for (BenchmarkMetric metric : BenchmarkMetric.values()) {
        Double value = method.published().get(metric);
        row.add(value == null ? NONE : percent(value));
      }
      for (BenchmarkMetric metric : BenchmarkMetric.values()) {
        row.add(signed(method.aboveThePublished(metric).orElse(Double.NaN)));
      }
      rows.add(row);
    }
    return new Grid(List.of("method", "ACC", "AUROC", "OSCR", "ours: ACC", "AUROC", "OSCR"), rows);
  }

  private Grid tests() {
    List<List<String>> rows = new ArrayList<>();
    for (MeasuredMethod method : table.methods()) {
      for (BenchmarkMetric metric : BenchmarkMetric.values()) {
        table
            .againstBaseline(method, metric)
            .ifPresent(
                test ->
                    rows.add(
                        List.of(
                            method.name(),
                            metric.name(),
                            Integer.toString(test.difference().count()),
                            signed(test.difference().mean()),
                            interval(test.difference()),
                            p(test.pairedT()),
                            p(test.wilcoxon()),
                            p(test.sign()))));
      }
    }
    return new Grid(
        List.of("method", "metric", "n", "difference", "95 %", "t", "Wilcoxon", "sign"), rows);
  }

  private Grid trials(BenchmarkMetric metric) {
    List<String> headings = new ArrayList<>(List.of("method"));
    headings.addAll(table.trials());
    List<List<String>> rows = new ArrayList<>();
    for (MeasuredMethod method : table.methods()) {
      Map<String, Double> figures = method.perTrial(metric);
      List<String> row = new ArrayList<>(List.of(method.name()));
      table.trials().forEach(trial -> row.add(percent(figures.getOrDefault(trial, Double.NaN))));
      rows.add(row);
    }
    return new Grid(headings, rows);
  }

  private String mean(Summary summary) {
    return summary.count() < 2
        ? percent(summary.mean())
        : percent(summary.mean()) + " ± " + percent(summary.deviation());
  }

  private String interval(Summary summary) {
    return summary.count() < 2
        ? NONE
        : "[%s, %s]".formatted(percent(summary.low()), percent(summary.high()));
  }

  private String percent(double fraction) {
    return number("%." + digits + "f", 100 * fraction);
  }

  private String signed(double fraction) {
    return number("%+." + digits + "f", 100 * fraction);
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : number("%.3f", p);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
  }
}
