package org.openmargin.data.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.Split;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.ImageName;
import org.openmargin.files.table.TableReader;

/**
 * A folder of table files that are one table, as data sets are published: {@code
 * train-00000-of-00002.parquet}, {@code test/0000.parquet}. Rows are counted through all files, in
 * the order of their paths. If all paths say a part and no column does, they become the column
 * {@code split}.
 */
record TableFolder(Path path) {
  /** Whether a path is such a folder, without images beside the tables. */
  static boolean is(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    var folder = new TableFolder(path);
    return folder.all().noneMatch(file -> ImageName.of(name(file)) == ImageName.IMAGE)
        && !folder.files().isEmpty();
  }

  /** In the folder and in folders that lie in it. */
  private List<Path> files() {
    var endings = TableReader.endings();
    return all()
        .filter(file -> endings.stream().anyMatch(name(file).toLowerCase(Locale.ROOT)::endsWith))
        .filter(file -> TableReader.of(file).isPresent())
        .sorted()
        .toList();
  }

  private Stream<Path> all() {
    return entries(path).stream()
        .flatMap(entry -> Files.isDirectory(entry) ? entries(entry).stream() : Stream.of(entry));
  }

  private static List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.filter(entry -> !name(entry).startsWith(".")).toList();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * @throws DataException if a file is damaged, files have different columns, or only some say
   *     their part
   */
  Table read() {
    var files = files();
    var tables =
        files.stream().map(file -> Table.read(file, TableReader.of(file).orElseThrow())).toList();
    var first = tables.get(0);
    tables.forEach(table -> mustBeLike(first, table));
    var parts = parts(files, first.header());
    var rows = new ArrayList<Table.Row>();
    for (var i = 0; i < tables.size(); i++) {
      for (var row : tables.get(i).rows()) {
        rows.add(new Table.Row(rows.size() + 1L, with(row.cells(), parts, i)));
      }
    }
    var header = parts.isEmpty() ? first.header() : joined(first.header(), "split");
    return new Table(
        path,
        header,
        rows,
        new Table.Kind("row", first.kind().images(), first.kind().leftOut(), files));
  }

  private static void mustBeLike(Table first, Table other) {
    var same =
        first.header().equals(other.header())
            && first.kind().images().equals(other.kind().images());
    if (!same) {
      throw new DataException(
          "%s: its columns are %s, those of %s are %s; files of one table have the same columns"
              .formatted(other.file(), other.columns(), first.file(), first.columns()));
    }
  }

  private static List<String> with(List<String> cells, List<Split> parts, int file) {
    return parts.isEmpty() ? cells : joined(cells, parts.get(file).toString());
  }

  private static List<String> joined(List<String> list, String last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  /** The part of each file; none if a column says it, or no file does. */
  private List<Split> parts(List<Path> files, List<String> header) {
    var parts = files.stream().map(this::part).toList();
    if (!ColumnRole.SPLIT.usual(header).isEmpty() || parts.stream().allMatch(Optional::isEmpty)) {
      return List.of();
    }
    for (var i = 0; i < files.size(); i++) {
      if (parts.get(i).isEmpty()) {
        throw new DataException(
            "%s: does not say its part, as other files there do: train, validation or test in its name or that of its folder"
                .formatted(files.get(i)));
      }
    }
    return parts.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Split> part(Path file) {
    return Stream.of(path.relativize(file).toString().split("[-_./\\\\]", -1))
        .flatMap(word -> Split.of(word).stream())
        .findFirst();
  }
}
