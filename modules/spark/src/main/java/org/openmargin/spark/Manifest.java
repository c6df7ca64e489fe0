package org.openmargin.spark;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.openmargin.files.FileErrors;

/**
 * A list of files: a CSV file with a column {@code file}, or a text with a path per line; relative
 * to the list.
 */
record Manifest(Places places, Path list) {
  private static final String COLUMN = "file";

  /**
   * @throws ArchiveException if it cannot be read, or names no file
   */
  List<ArchiveItem> items() {
    var text = text();
    var names = list.getName().endsWith(".csv") ? column(text) : lines(text);
    if (names.isEmpty()) {
      throw new ArchiveException(Places.text(list) + ": there is no image");
    }
    return names.stream().map(this::item).toList();
  }

  private ArchiveItem item(String name) {
    var absolute =
        Places.isAddress(name)
            ? name
            : Places.text(
                name.startsWith("/")
                    ? new Path(list.toUri().getScheme(), list.toUri().getAuthority(), name)
                    : new Path(list.getParent(), new Path(null, null, name)));
    return new ArchiveItem.InPlace(absolute, false);
  }

  private String text() {
    try (var in = places.files(list).open(list)) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ArchiveException(Places.text(list) + ": a manifest must be text in UTF-8", e);
    } catch (IOException e) {
      throw new ArchiveException(
          Places.text(list) + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private List<String> column(String text) {
    var names = new ArrayList<String>();
    try (var rows = CsvReader.builder().allowUnclosedQuote(false).ofNamedCsvRecord(text)) {
      for (var row : rows) {
        names.add(
            row.findField(COLUMN)
                .orElseThrow(
                    () ->
                        new ArchiveException(
                            "%s: line %d has no column 'file'; the columns are %s"
                                .formatted(
                                    Places.text(list),
                                    row.getStartingLineNumber(),
                                    row.getHeader()))));
      }
    } catch (IOException | CsvParseException e) {
      throw new ArchiveException(Places.text(list) + ": is not a CSV file: " + e.getMessage(), e);
    }
    return names;
  }
}
