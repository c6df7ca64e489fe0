package org.openmargin.data.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;

/**
 * The column of a table that holds its images.
 *
 * @param files that hold the rows, in order
 */
public record EmbeddedImages(String column, List<Path> files) {
  public EmbeddedImages {
    files = List.copyOf(files);
  }

  /**
   * The column that is asked for as that of the paths; or the one of the usual names; or, in a
   * table without paths and identifiers, the only one. Empty if images are files of their own.
   *
   * @throws DataException if several could be it
   */
  static Optional<EmbeddedImages> of(Table table, ManifestColumns columns) {
    var images = table.kind().images();
    var asked = columns.path().strip();
    var byId = !columns.id().isEmpty() && !columns.id().equals(ManifestColumns.NONE);
    if (images.isEmpty() || byId || asked.equals(ManifestColumns.NONE)) {
      return Optional.empty();
    }
    var names = asked.isEmpty() ? usual(table) : images.stream().filter(asked::equals).toList();
    if (names.size() > 1) {
      throw new DataException(
          "%s: the columns %s could be the images; say which one with %s"
              .formatted(table.file(), names, ColumnRole.PATH.setting()));
    }
    return names.stream().findFirst().map(n -> new EmbeddedImages(n, table.kind().files()));
  }

  private static List<String> usual(Table table) {
    var images = table.kind().images();
    var usual = ColumnRole.PATH.usual(images).stream().map(images::get).toList();
    var others =
        ColumnRole.PATH.usual(table.header()).isEmpty()
            && ColumnRole.ID.usual(table.header()).isEmpty();
    return usual.isEmpty() && others ? images : usual;
  }

  /**
   * Hands over the images, row by row.
   *
   * @throws DataException if a file is damaged
   */
  void forEach(TableReader.Taker taker) throws IOException {
    for (var file : files) {
      var reader =
          TableReader.of(file)
              .orElseThrow(() -> new DataException(file + ": it was changed while it was read"));
      try {
        reader.images(file, column, taker);
      } catch (TableFileException e) {
        throw new DataException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }
  }
}
