package org.openmargin.data.manifest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.DataException;

/**
 * Paths of files without classes: the column {@code file} of a table, or one that is called as
 * paths usually are; or the lines of a text. Tables and encodings are those of manifests.
 */
public final class FileList {
  private static final String COLUMN = "file";

  private FileList() {}

  /**
   * The files in order; paths are relative to the list.
   *
   * @throws DataException if it cannot be read, has no such column or several, or naming the rows
   *     without a path
   */
  public static List<Path> of(Path list) {
    return Manifest.isTable(list) ? column(Table.read(list)) : lines(list);
  }

  private static List<Path> lines(Path list) {
    return TableText.of(list)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> resolved(list.resolveSibling(""), list, line))
        .toList();
  }

  private static List<Path> column(Table table) {
    var at = position(table);
    var files = new ArrayList<Path>();
    var empty = new ArrayList<String>();
    for (var row : table.rows()) {
      if (row.cells().size() <= at || row.cells().get(at).isBlank()) {
        empty.add(table.kind().counted() + " " + row.line());
      } else {
        files.add(resolved(table.folder(), table.file(), row.cells().get(at)));
      }
    }
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s: rows without a path (%d): %s"
              .formatted(table.file(), empty.size(), DataException.shortList(empty)));
    }
    return List.copyOf(files);
  }

  private static int position(Table table) {
    var at = table.header().indexOf(COLUMN);
    if (at >= 0) {
      return at;
    }
    return ColumnRole.PATH
        .in(table, ManifestColumns.USUAL)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: no column '%s' of paths; the columns are %s"
                        .formatted(table.file(), COLUMN, table.columns())));
  }

  private static Path resolved(Path folder, Path list, String name) {
    try {
      return folder.resolve(name.strip().replace('\\', '/'));
    } catch (InvalidPathException e) {
      throw new DataException("%s: '%s' is no path".formatted(list, name.strip()), e);
    }
  }
}
