package org.openmargin.files.table;

import java.util.List;

/**
 * A table as text.
 *
 * @param header names of the columns
 * @param rows a cell for each column; empty where the table has none
 * @param images columns that hold bytes, such as encoded images; one that also has text, such as
 *     the name of the image, is in the header, too
 * @param leftOut columns that are neither text nor bytes, such as {@code tags (nested)}
 */
public record TableRows(
    List<String> header, List<List<String>> rows, List<String> images, List<String> leftOut) {
  public TableRows {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    images = List.copyOf(images);
    leftOut = List.copyOf(leftOut);
  }
}
