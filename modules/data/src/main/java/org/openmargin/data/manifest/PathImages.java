package org.openmargin.data.manifest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Rows that hold paths of files.
 *
 * @param root of relative ones
 * @param suffix appended to each
 */
record PathImages(Path root, String suffix, Problems problems) implements RowImages {

  @Override
  public ColumnRole column() {
    return ColumnRole.PATH;
  }

  @Override
  public String id(Table.Row row, String cell) {
    return cell.strip().replace('\\', '/') + suffix;
  }

  @Override
  public Optional<Path> file(Table.Row row, String cell) {
    try {
      return Optional.of(root.resolve(id(row, cell)).normalize());
    } catch (InvalidPathException e) {
      problems.add("impossible paths", "%s '%s'".formatted(problems.at(row.line()), cell.strip()));
      return Optional.empty();
    }
  }
}
