package org.openmargin.benchmark.table;

import java.util.List;

/**
 * A part of a table's text: rows or a list.
 *
 * @param heading may be empty
 * @param rows without rows if it is a list
 * @param items empty if it has rows
 */
public record TableSection(String heading, TextTable rows, List<String> items) {

  static TableSection of(String heading, TextTable rows) {
    return new TableSection(heading, rows, List.of());
  }

  static TableSection list(String heading, List<String> items) {
    return new TableSection(heading, new TextTable(List.of(), List.of()), List.copyOf(items));
  }

  boolean isEmpty() {
    return rows.rows().isEmpty() && items.isEmpty();
  }
}
