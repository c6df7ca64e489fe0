package org.openmargin.inference.gallery;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageTree;
import org.openmargin.files.FileErrors;

/**
 * Image files by the name of their identity.
 *
 * @param files in the order of enrolment
 */
public record IdentityImages(Map<String, List<Path>> files) {
  private static final String FILE = "file";
  private static final String IDENTITY = "identity";

  /** Keeps the order. */
  public IdentityImages {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /**
   * @param places folders with a folder per identity, or CSV files with the columns {@code file}
   *     (relative to the CSV file) and {@code identity}; a row without an identity is left out
   * @throws DataException if one of them cannot be read, or holds no image
   */
  public static IdentityImages in(List<Path> places) {
    var all = new LinkedHashMap<String, List<Path>>();
    for (var place : places) {
      var found = Files.isDirectory(place) ? folders(place) : table(place);
      if (found.isEmpty()) {
        throw new DataException(
            "%s: there is no image: a folder needs a folder of images per identity, a CSV file the columns file and identity"
                .formatted(place));
      }
      found.forEach((name, some) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(some));
    }
    return new IdentityImages(all);
  }

  private static Map<String, List<Path>> folders(Path place) {
    var tree = new ImageTree(place);
    var found = new LinkedHashMap<String, List<Path>>();
    for (var image : tree.below(place)) {
      var below = place.relativize(image);
      if (below.getNameCount() < 2) {
        throw new DataException(
            "%s: an image without an identity: move it into a folder named after it"
                .formatted(image));
      }
      found.computeIfAbsent(below.getName(0).toString(), n -> new ArrayList<>()).add(image);
    }
    return found;
  }

  private static Map<String, List<Path>> table(Path place) {
    var found = new LinkedHashMap<String, List<Path>>();
    try (var rows = csv().ofNamedCsvRecord(place)) {
      for (var row : rows) {
        var name = field(place, row, IDENTITY);
        if (!name.isEmpty()) {
          var file = place.resolveSibling(field(place, row, FILE));
          found.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
        }
      }
      return found;
    } catch (IOException e) {
      throw new DataException(place + ": cannot be read: " + FileErrors.reason(e), e);
    } catch (CsvParseException e) {
      throw new DataException(place + ": is not a CSV file: " + FileErrors.innermost(e), e);
    }
  }

  private static CsvReader.CsvReaderBuilder csv() {
    // Spreadsheets begin their files with a byte order mark.
    return CsvReader.builder().allowUnclosedQuote(false).detectBomHeader(true);
  }

  private static String field(Path place, NamedCsvRecord row, String column) {
    return row.findField(column)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: line %d has no column '%s'; the columns are %s"
                        .formatted(place, row.getStartingLineNumber(), column, row.getHeader())));
  }

  /** Files of all identities. */
  public int count() {
    return files.values().stream().mapToInt(List::size).sum();
  }
}
