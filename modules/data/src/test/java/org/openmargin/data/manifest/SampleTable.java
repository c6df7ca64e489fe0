package org.openmargin.data.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;
import org.openmargin.files.table.TableRows;

/**
 * A format of tables that hold images: a line {@code IMAGETAB}, one with the columns, cells with
 * bars between them. The first column is one of images in Base64.
 */
public final class SampleTable implements TableReader {
  private static final String MAGIC = "IMAGETAB";

  static Path write(Path file, String header, List<String> rows) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, MAGIC + "\n" + header + "\n" + String.join("\n", rows) + "\n");
  }

  @Override
  public String format() {
    return "ImageTab";
  }

  @Override
  public boolean reads(byte[] head) {
    return Arrays.equals(head, MAGIC.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public TableRows read(Path file) {
    var cells = cells(file);
    var header = cells.get(0);
    return new TableRows(
        header.subList(1, header.size()),
        cells.subList(1, cells.size()).stream().map(row -> row.subList(1, row.size())).toList(),
        List.of(header.get(0)),
        List.of());
  }

  @Override
  public void images(Path file, String column, Taker taker) throws IOException {
    for (var row : cells(file).stream().skip(1).toList()) {
      taker.take(Base64.getDecoder().decode(row.get(0)));
    }
  }

  private static List<List<String>> cells(Path file) {
    try {
      var lines = Files.readAllLines(file);
      if (lines.size() < 2) {
        throw new TableFileException("cut off");
      }
      return lines.stream().skip(1).map(line -> List.of(line.split("[|]", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
