package org.openmargin.spark;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paths in a table: cells separated by comma, semicolon, tab or bar, whichever gives most cells
 * in the first row; their column is called {@code file}, or as paths usually are.
 *
 * @param place for messages
 */
record ManifestTable(String place, String text) {
  private static final String COLUMN = "file";

  /** Without blanks and marks between words. */
  private static final Set<String> USUAL =
      Set.of(
          "path",
          "file",
          "filename",
          "filepath",
          "image",
          "imagepath",
          "imagefile",
          "imagefilename",
          "imageid",
          "img",
          "imgpath");

  private static final Pattern EXCEL = Pattern.compile("sep=(.)(\r\n|\r|\n)");

  /**
   * @throws ArchiveException if there is no such column, there are several, or a row has no path
   */
  List<String> files() {
    var excel = EXCEL.matcher(text);
    var marked = excel.lookingAt();
    var body = marked ? text.substring(excel.end()) : text;
    var rows = rows(body, marked ? excel.group(1).charAt(0) : separator(body));
    if (rows.isEmpty()) {
      return List.of();
    }
    var at = column(rows.get(0).getFields().stream().map(String::strip).toList());
    var files = new ArrayList<String>();
    for (var row : rows.subList(1, rows.size())) {
      if (row.getFieldCount() <= at || row.getField(at).isBlank()) {
        throw new ArchiveException(
            "%s: line %d has no path"
                .formatted(place, row.getStartingLineNumber() + (marked ? 1 : 0)));
      }
      files.add(row.getField(at));
    }
    return files;
  }

  private List<CsvRecord> rows(String body, char separator) {
    try (var reader = reader(separator).ofCsvRecord(body)) {
      return reader.stream()
          .filter(row -> !row.getFields().stream().allMatch(String::isBlank))
          .toList();
    } catch (CsvParseException e) {
      throw new ArchiveException(place + ": is not a CSV file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private int column(List<String> header) {
    var own = header.indexOf(COLUMN);
    if (own >= 0) {
      return own;
    }
    var usual =
        IntStream.range(0, header.size())
            .filter(i -> USUAL.contains(plain(header.get(i))))
            .boxed()
            .toList();
    var simple = usual.stream().filter(i -> plain(header.get(i)).equals("path")).toList();
    var found = simple.isEmpty() ? usual : simple;
    if (found.size() != 1) {
      throw new ArchiveException(
          "%s: %s; the columns are %s"
              .formatted(
                  place,
                  found.isEmpty()
                      ? "no column 'file' of paths"
                      : "several columns could be the path: call one of them 'file'",
                  header));
    }
    return found.get(0);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
  }

  private static char separator(String body) {
    return Stream.of(',', ';', '\t', '|')
        .max(Comparator.comparingInt(candidate -> cells(body, candidate)))
        .orElse(',');
  }

  private static int cells(String body, char separator) {
    try (var reader = reader(separator).ofCsvRecord(body)) {
      return reader.stream().findFirst().map(CsvRecord::getFieldCount).orElse(0);
    } catch (CsvParseException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static CsvReader.CsvReaderBuilder reader(char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .trimWhitespacesAroundQuotes(true)
        .allowUnclosedQuote(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
  }
}
