package org.openmargin.data.manifest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;

/**
 * A division as a file that any tool reads, and that is a manifest again: CSV in UTF-8 with the
 * columns path, label, split and, if the rows have them, group and site; then all other columns of
 * the rows. Paths are relative to the file where they can be.
 */
public record SplitFile(Path file) {

  /**
   * @param otherColumns names of the rows' other columns
   * @throws DataException if the file cannot be written
   */
  public void write(List<ManifestRow> rows, List<String> otherColumns) {
    var grouped = rows.stream().anyMatch(row -> row.entry().group().isPresent());
    var sited = rows.stream().anyMatch(row -> row.entry().site().isPresent());
    try {
      var folder = Optional.ofNullable(file.toAbsolutePath().getParent());
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      AtomicTextFile.write(file, writer -> write(writer, rows, otherColumns, grouped, sited));
    } catch (IOException e) {
      throw new DataException("%s: cannot be written: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  @SuppressWarnings("resource") // closed by whoever opened the writer
  private void write(
      Writer writer, List<ManifestRow> rows, List<String> others, boolean grouped, boolean sited)
      throws IOException {
    var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
    var header = new ArrayList<>(List.of("path", "label", "split"));
    var kept = new ArrayList<Integer>();
    if (grouped) {
      header.add("group");
    }
    if (sited) {
      header.add("site");
    }
    for (var i = 0; i < others.size(); i++) {
      if (!header.contains(others.get(i))) {
        header.add(others.get(i));
        kept.add(i);
      }
    }
    csv.writeRecord(header);
    for (var row : rows) {
      var entry = row.entry();
      var cells = new ArrayList<String>();
      cells.add(path(row.image()));
      cells.add(entry.label());
      cells.add(entry.split().map(Object::toString).orElse(""));
      if (grouped) {
        cells.add(entry.group().orElse(""));
      }
      if (sited) {
        cells.add(entry.site().orElse(""));
      }
      kept.forEach(i -> cells.add(row.others().get(i)));
      csv.writeRecord(cells);
    }
    csv.flush();
  }

  private String path(Path image) {
    var from = Optional.ofNullable(file.toAbsolutePath().normalize().getParent());
    var to = image.toAbsolutePath().normalize();
    var sameRoot = from.isPresent() && from.get().getRoot().equals(to.getRoot());
    var relative = sameRoot ? from.get().relativize(to) : to;
    return relative.toString().replace('\\', '/');
  }
}
