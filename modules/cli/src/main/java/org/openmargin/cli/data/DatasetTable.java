package org.openmargin.cli.data;

import java.util.List;
import org.openmargin.cli.console.Console;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.DatasetSummary.ClassCounts;

/** A data set's counts as a table. */
final class DatasetTable {
  private final Console console;

  DatasetTable(Console console) {
    this.console = console;
  }

  /** A data set without an experiment: no class is known or unknown yet. */
  void print(DatasetSummary summary) {
    print(summary, size(summary), List.of());
  }

  /** A data set of an experiment. */
  void print(DatasetSummary summary, List<Integer> known) {
    print(summary, size(summary), known);
  }

  /**
   * @param size of the images, in words
   * @param known ids of the known classes; empty without an experiment
   */
  void print(DatasetSummary summary, String size, List<Integer> known) {
    console.print("%s: %,d images, %s", summary.name(), summary.total().total(), size);
    console.line("");
    var width = summary.classes().stream().mapToInt(c -> c.name().length()).max().orElse(0);
    var row = "%3s  %-" + Math.max(width, "total".length()) + "s  %-7s  %7s  %10s  %7s  %7s";
    console.print(
        row, "id", "class", known.isEmpty() ? "" : "role", "train", "validation", "test", "all");
    for (var counts : summary.classes()) {
      var role = known.isEmpty() ? "" : known.contains(counts.id()) ? "known" : "unknown";
      line(row, Integer.toString(counts.id()), role, counts);
    }
    line(row, "", "", summary.total());
    if (!known.isEmpty()) {
      console.line("");
      console.line("train and validation images of unknown classes are never used");
    }
    console.line("");
    console.line("digest " + summary.digest());
  }

  private void line(String row, String id, String role, ClassCounts counts) {
    console.print(
        row,
        id,
        counts.name(),
        role,
        counts.train(),
        counts.validation(),
        counts.test(),
        counts.total());
  }

  private static String size(DatasetSummary summary) {
    return "%d x %d px, %s"
        .formatted(summary.heightPx(), summary.widthPx(), summary.channels() == 1 ? "grey" : "RGB");
  }
}
