package org.openmargin.inference.archive;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageTree;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;

/**
 * The files of an archive.
 *
 * @param skipped a sentence about other files in a folder; empty if there are none
 */
public record ArchiveFiles(List<Path> files, String skipped) {
  private static final String COLUMN = "file";

  public ArchiveFiles {
    files = List.copyOf(files);
  }

  /**
   * @param place a folder, searched at any depth; or a manifest: a CSV file with a column {@code
   *     file}, or a text file with a path per line, relative to it
   * @throws DataException if it cannot be read, or names no file
   */
  public static ArchiveFiles in(Path place) {
    var found = Files.isDirectory(place) ? folder(place) : manifest(place);
    if (found.files().isEmpty()) {
      throw new DataException(place + ": there is no image");
    }
    return found;
  }

  private static ArchiveFiles folder(Path place) {
    var tree = new ImageTree(place);
    var files = tree.below(place);
    return new ArchiveFiles(files, tree.warning().orElse(""));
  }

  private static ArchiveFiles manifest(Path place) {
    if (Files.notExists(place)) {
      throw new DataException(
          place + ": there is no such file or folder" + PathHints.missing(place));
    }
    try {
      var names = place.toString().endsWith(".csv") ? column(place) : lines(place);
      return new ArchiveFiles(names.stream().map(place::resolveSibling).toList(), "");
    } catch (MalformedInputException e) {
      throw new DataException(place + ": a manifest must be text in UTF-8", e);
    } catch (IOException e) {
      throw new DataException(place + ": cannot be read: " + FileErrors.reason(e), e);
    } catch (CsvParseException e) {
      throw new DataException(place + ": is not a CSV file: " + e.getMessage(), e);
    }
  }

  private static List<String> lines(Path place) throws IOException {
    return Files.readAllLines(place).stream().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> column(Path place) throws IOException {
    var names = new ArrayList<String>();
    try (var rows = CsvReader.builder().allowUnclosedQuote(false).ofNamedCsvRecord(place)) {
      for (var row : rows) {
        names.add(
            row.findField(COLUMN)
                .orElseThrow(
                    () ->
                        new DataException(
                            "%s: line %d has no column 'file'; the columns are %s"
                                .formatted(place, row.getStartingLineNumber(), row.getHeader()))));
      }
    }
    return names;
  }
}
