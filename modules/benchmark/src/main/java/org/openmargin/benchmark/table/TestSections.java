package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The tests against the baseline, for people.
 *
 * @param interval heading of t intervals
 */
record TestSections(BenchmarkTable table, CellFormat cells, String interval) {

  private boolean hasPairs() {
    return !table.design().complementPairs().isEmpty();
  }

  TableSection byTrial() {
    var headings =
        new ArrayList<>(
            List.of("method", "metric", "n", "difference", interval, "t", "Wilcoxon", "sign"));
    if (hasPairs()) {
      headings.add("sign flip");
    }
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      for (var metric : BenchmarkMetric.values()) {
        table
            .againstBaseline(method, metric)
            .ifPresent(test -> rows.add(row(method, metric, test)));
      }
    }
    var flip = hasPairs() ? ", and the exact sign-flip test over %s".formatted(pairs()) : "";
    return TableSection.of(
        "Against %s, trial by trial; two-sided p of the paired t test, the exact Wilcoxon signed-rank test and the exact sign test%s, not corrected for multiple tests:"
            .formatted(table.texts().baseline(), flip),
        new TextTable(headings, rows));
  }

  private String pairs() {
    var n = table.design().complementPairs().size();
    return "%s of complementary class splits (smallest p 2/%d)"
        .formatted(Words.counted(n, "pair"), 1L << n);
  }

  private List<String> row(MeasuredMethod method, BenchmarkMetric metric, PairedTest test) {
    var row =
        new ArrayList<>(
            List.of(
                method.name(),
                metric.name(),
                Integer.toString(test.difference().count()),
                cells.signed(test.difference().mean()),
                cells.interval(test.difference()),
                cells.p(test.pairedT()),
                cells.p(test.wilcoxon()),
                cells.p(test.sign())));
    if (hasPairs()) {
      row.add(cells.p(table.signFlip(method, metric)));
    }
    return row;
  }

  TableSection byClass() {
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      table
          .againstBaselineByClass(method)
          .ifPresent(
              test -> {
                var mean = test.difference();
                rows.add(
                    List.of(
                        method.name(),
                        Integer.toString(mean.splits()),
                        Integer.toString(mean.classes()),
                        cells.signed(mean.mean()),
                        cells.interval(mean.low(), mean.high()),
                        Integer.toString(test.pairs()),
                        cells.p(test.signFlip())));
              });
    }
    return TableSection.of(
        "AUROC against %s by class split and unknown class, every such pair counted once; 95 %%: class bootstrap; p of the exact sign-flip test over pairs of complementary class splits:"
            .formatted(table.texts().baseline()),
        new TextTable(
            List.of("method", "splits", "classes", "difference", "95 %", "pairs", "sign flip"),
            rows));
  }
}
