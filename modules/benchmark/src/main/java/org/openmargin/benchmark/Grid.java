package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of texts: the first column is a name, the others are numbers.
 *
 * @param headings one per column
 * @param rows as long as the headings
 */
record Grid(List<String> headings, List<List<String>> rows) {

  /** For a terminal: columns aligned, two blanks between them. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(line(headings, "  ", ""));
    rows.forEach(row -> lines.add(line(row, "  ", "")));
    return lines.stream().map(String::stripTrailing).toList();
  }

  /** For Markdown, aligned as well: it is read as it stands, too. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(line(escaped(headings), " | ", "|"));
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < headings.size(); column++) {
      String dashes = String.join("", Collections.nCopies(width(column) - 1, "-"));
      rule.add(column == 0 ? dashes + "-" : dashes + ":");
    }
    lines.add(line(rule, " | ", "|"));
    rows.forEach(row -> lines.add(line(escaped(row), " | ", "|")));
    return lines;
  }

  private static List<String> escaped(List<String> row) {
    return row.stream().map(cell -> cell.replace("|", "\\|")).toList();
  }

  private String line(List<String> cells, String between, String around) {
    List<String> padded = new ArrayList<>();
    for (int column = 0; column < cells.size(); column++) {
      String blanks =
          String.join("", Collections.nCopies(width(column) - cells.get(column).length(), " "));
      padded.add(column == 0 ? cells.get(column) + blanks : blanks + cells.get(column));
    }
    String line = String.join(between, padded);
    return around.isEmpty() ? line : around + " " + line + " " + around;
  }

  private int width(int column) {
    int width = Math.max(2, escaped(headings).get(column).length());
    for (List<String> row : rows) {
      width = Math.max(width, escaped(row).get(column).length());
    }
    return width;
  }
}
