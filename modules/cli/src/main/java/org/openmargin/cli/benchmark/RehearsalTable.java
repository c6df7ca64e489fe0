package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.openmargin.benchmark.rehearsal.RehearsalResult;
import org.openmargin.benchmark.rehearsal.RehearsalResult.Row;
import org.openmargin.cli.console.Column;
import org.openmargin.cli.console.Console;

/** Prints the best candidates of a rehearsal. */
record RehearsalTable(Console console) {
  private static final int MOST = 15;

  void print(RehearsalResult result) {
    var rows = result.rows();
    var shown = new ArrayList<>(rows.subList(0, Math.min(MOST, rows.size())));
    if (result.chosen() >= MOST) {
      shown.add(rows.get(result.chosen()));
    }
    Column.lines(columns(), List.copyOf(shown), console.terminal().widestLine())
        .forEach(line -> console.line(line.stripTrailing()));
    if (rows.size() > shown.size()) {
      console.print("... and %d more", rows.size() - shown.size());
    }
    console.line("");
    console.line(result.design());
    result.remarks().forEach(console::line);
  }

  private static List<Column<Row>> columns() {
    return List.of(
        Column.figure("rank", "%.1f", Row::meanRank),
        percent("AUROC", Row::meanAuroc),
        percent("worst", Row::worstAuroc),
        percent("unknown rej.", Row::unknownRejected),
        percent("known rej.", Row::knownRejected),
        percent("ACC", Row::acc),
        percent("foreign rej.", Row::worstForeignRejected),
        Column.name("training", Row::training),
        Column.name("scoring", Row::scoring),
        new Column<>("", true, Row::note));
  }

  private static Column<Row> percent(String title, ToDoubleFunction<Row> share) {
    return new Column<>(
        title, false, row -> String.format(Locale.ROOT, "%.1f", 100 * share.applyAsDouble(row)));
  }
}
