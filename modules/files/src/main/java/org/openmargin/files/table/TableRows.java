package org.openmargin.files.table;

import java.util.List;

/**
 * A table as text.
 *
 * @param header names of the columns
 * @param rows a cell for each column; empty where the table has none
 * @param leftOut columns that are no text, such as {@code image (bytes)}
 */
public record TableRows(List<String> header, List<List<String>> rows, List<String> leftOut) {
  public TableRows {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    leftOut = List.copyOf(leftOut);
  }
}
