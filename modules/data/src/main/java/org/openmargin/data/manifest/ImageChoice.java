package org.openmargin.data.manifest;

import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;

/**
 * How the rows of a table say which image they mean.
 *
 * @param positions of the columns that say something; the one of the images is left or set
 */
record ImageChoice(
    Table table,
    Manifest.Settings settings,
    Map<ColumnRole, Integer> positions,
    Problems problems) {

  /** Named by the text of their own column or by the one column that is called as paths are. */
  RowImages inTable(EmbeddedImages in) {
    var header = table.header();
    var paths = ColumnRole.PATH.usual(header);
    var at =
        header.contains(in.column())
            ? Optional.of(header.indexOf(in.column()))
            : paths.stream().filter(path -> paths.size() == 1).findFirst();
    at.ifPresent(position -> positions.put(ColumnRole.PATH, position));
    return EmbeddedRows.of(table, at, settings.suffix());
  }

  /** Paths, unless identifiers are asked for or all that there is. */
  RowImages files() {
    var columns = settings.columns();
    var asked = !columns.id().isEmpty() && !columns.id().equals(ManifestColumns.NONE);
    if (asked && !columns.path().isEmpty() && !columns.path().equals(ManifestColumns.NONE)) {
      throw new DataException(
          "%s: images are found by path or by identifier: give path_column or id_column"
              .formatted(table.file()));
    }
    var byId = asked || !positions.containsKey(ColumnRole.PATH);
    var root = settings.root().orElseGet(table::folder);
    if (byId && positions.containsKey(ColumnRole.ID)) {
      positions.remove(ColumnRole.PATH);
      return new InstanceImages(root, problems);
    }
    positions.remove(ColumnRole.ID);
    return new PathImages(root, settings.suffix(), problems);
  }
}
