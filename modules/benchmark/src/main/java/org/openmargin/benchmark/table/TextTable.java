package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts: the first column is a name, the others are numbers.
 *
 * @param headings one per column
 * @param rows as long as the headings
 */
record TextTable(List<String> headings, List<List<String>> rows) {

  /** For a terminal: aligned, two spaces between columns. */
  List<String> text() {
    var lines = new ArrayList<String>();
    lines.add(line(headings, "  "));
    rows.forEach(row -> lines.add(line(row, "  ")));
    return lines.stream().map(String::stripTrailing).toList();
  }

  /** For Markdown, aligned too so that the source is readable. */
  List<String> markdown() {
    var rule = new ArrayList<String>();
    for (var column = 0; column < headings.size(); column++) {
      var dashes = "-".repeat(width(column) - 1);
      rule.add(column == 0 ? dashes + "-" : dashes + ":");
    }
    var lines = new ArrayList<List<String>>();
    lines.add(escaped(headings));
    lines.add(rule);
    rows.forEach(row -> lines.add(escaped(row)));
    return lines.stream().map(line -> "| " + line(line, " | ") + " |").toList();
  }

  private static List<String> escaped(List<String> row) {
    return row.stream().map(cell -> cell.replace("|", "\\|")).toList();
  }

  private String line(List<String> cells, String between) {
    var padded = new ArrayList<String>();
    for (var column = 0; column < cells.size(); column++) {
      var blanks = " ".repeat(width(column) - cells.get(column).length());
      padded.add(column == 0 ? cells.get(column) + blanks : blanks + cells.get(column));
    }
    return String.join(between, padded);
  }

  private int width(int column) {
    var width = Math.max(2, escaped(headings).get(column).length());
    for (var row : rows) {
      width = Math.max(width, escaped(row).get(column).length());
    }
    return width;
  }
}
