package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.report.plot.Numbers;

/** The parts of a benchmark's table for people, in per cent: means first, remarks last. */
public final class TableSections {
  private final BenchmarkTable table;
  private final CellFormat cells;
  private final String interval;

  /**
   * @param digits decimals
   */
  public TableSections(BenchmarkTable table, int digits) {
    this.table = table;
    this.cells = new CellFormat(digits);
    this.interval = new TableHeading(table).interval();
  }

  /** Those that have something to show. */
  public List<TableSection> all() {
    var tests = new TestSections(table, cells, interval);
    var sections = new ArrayList<TableSection>();
    sections.add(TableSection.of("", means()));
    sections.add(TableSection.of("Published figures, and ours minus published:", published()));
    sections.add(tests.byTrial());
    sections.add(byClass());
    sections.add(tests.byClass());
    sections.add(new SetSection(table).text(cells));
    for (var metric : BenchmarkMetric.values()) {
      sections.add(TableSection.of(metric + " by trial:", trials(metric)));
    }
    sections.add(TableSection.list("Warnings:", table.remarks().warnings()));
    sections.add(TableSection.list("Where the figures come from:", table.remarks().origins()));
    return sections.stream().filter(section -> !section.isEmpty()).toList();
  }

  private TextTable means() {
    var headings =
        new ArrayList<>(List.of("method", "n", "ACC", "AUROC", interval, "OSCR", interval));
    var label = xLabel();
    if (!label.isEmpty()) {
      headings.add(1, label);
    }
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      var row = new ArrayList<>(List.of(method.name()));
      if (!label.isEmpty()) {
        row.add(
            method.positions().stream()
                .findFirst()
                .map(at -> Numbers.score(at.x()))
                .orElse(CellFormat.NONE));
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

  /** The label of x if all methods share one axis and each has one place on it; else empty. */
  private String xLabel() {
    var labels = table.methods().stream().flatMap(m -> m.positions().stream()).map(p -> p.xLabel());
    var distinct = labels.distinct().toList();
    return distinct.size() == 1 && table.methods().stream().allMatch(m -> m.positions().size() < 2)
        ? distinct.get(0)
        : "";
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

  /** AUROC of each unknown class, over the splits in which it is unknown. */
  private TableSection byClass() {
    var classes = table.design().unknownClasses();
    var headings = Stream.concat(Stream.of("method", "all", "95 %"), classes.stream()).toList();
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      var areas = method.byUnknownClass();
      if (!areas.isEmpty()) {
        var mean = ClassMean.of(areas);
        var row = new ArrayList<>(List.of(method.name(), cells.percent(mean.mean())));
        row.add(cells.interval(mean.low(), mean.high()));
        for (var name : classes) {
          var of =
              areas.values().stream()
                  .filter(row1 -> row1.containsKey(name))
                  .mapToDouble(row1 -> row1.get(name))
                  .average();
          row.add(cells.percent(of.orElse(Double.NaN)));
        }
        rows.add(row);
      }
    }
    return TableSection.of(
        "AUROC of each unknown class, mean over the trials in which it is unknown; all: every pair of trial and unknown class counts the same; 95 %: class bootstrap, which draws classes and trials, not seeds and images:",
        new TextTable(headings, rows));
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
