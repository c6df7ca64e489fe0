package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows that hold their images. An image is called as the column says that may name it, unless
 * several are called so; else after its row: {@code row-17}.
 *
 * @param table file of the table
 * @param repeated names that are not used
 * @param suffix appended to each
 */
record EmbeddedRows(Path table, Set<String> repeated, String suffix) implements RowImages {

  /**
   * @param position of the column that may name the images
   */
  static EmbeddedRows of(Table table, Optional<Integer> position, String suffix) {
    var counts =
        position.stream()
            .flatMap(at -> table.rows().stream().filter(row -> row.cells().size() > at))
            .collect(
                Collectors.groupingBy(
                    row -> row.cells().get(position.orElseThrow()).strip(), Collectors.counting()));
    var repeated =
        counts.entrySet().stream()
            .filter(name -> name.getValue() > 1)
            .map(name -> name.getKey())
            .collect(Collectors.toUnmodifiableSet());
    return new EmbeddedRows(table.file(), repeated, suffix);
  }

  @Override
  public ColumnRole column() {
    return ColumnRole.PATH;
  }

  @Override
  public boolean inTable() {
    return true;
  }

  @Override
  public String id(Table.Row row, String cell) {
    var name = cell.strip();
    return name.isEmpty() || repeated.contains(name)
        ? "row-" + row.line()
        : name.replace('\\', '/') + suffix;
  }

  @Override
  public Optional<Path> file(Table.Row row, String cell) {
    return Optional.of(table);
  }
}
