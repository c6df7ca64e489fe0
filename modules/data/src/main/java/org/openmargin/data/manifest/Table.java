package org.openmargin.data.manifest;

import static java.util.stream.Collectors.joining;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;

/**
 * A table in a text file with one header: cells separated by comma, semicolon, tab or bar, quoted
 * as in RFC 4180, lines ended by LF, CR LF or CR. Or a table of another format for which there is a
 * {@link TableReader}, in one file or in several in a folder.
 *
 * @param header names of the columns, without blanks around them
 * @param rows below it, without empty lines
 * @param kind what else differs between text and other formats
 */
record Table(Path file, List<String> header, List<Row> rows, Kind kind) {
  private static final Pattern EXCEL = Pattern.compile("sep=(.)(\r\n|\r|\n)");
  private static final int LONGEST_CELL = 1 << 26;

  /**
   * @param counted what rows are counted in: {@code line} or {@code row}
   * @param images columns that hold bytes, perhaps encoded images
   * @param leftOut columns that are not read, such as {@code tags (nested)}
   * @param files that hold the rows, in order; empty for text
   */
  record Kind(String counted, List<String> images, List<String> leftOut, List<Path> files) {
    private static final Kind TEXT = new Kind("line", List.of(), List.of(), List.of());

    Kind {
      images = List.copyOf(images);
      leftOut = List.copyOf(leftOut);
      files = List.copyOf(files);
    }
  }

  Table {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * @param line in the file, from 1; of a table that is no text, the row below the header
   */
  record Row(long line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** All columns, also those that are left out. */
  String columns() {
    var images = kind.images().stream().map(name -> name + " (bytes)");
    return Stream.of(header.stream(), images, kind.leftOut().stream())
        .flatMap(names -> names)
        .collect(joining(", "));
  }

  /** The folder that relative paths begin in. */
  Path folder() {
    return Files.isDirectory(file)
        ? file
        : Optional.ofNullable(file.getParent()).orElse(Path.of(""));
  }

  /**
   * @throws DataException if it is no text, has no header, or a quote is not closed
   */
  static Table read(Path file) {
    if (TableFolder.is(file)) {
      return new TableFolder(file).read();
    }
    return TableReader.of(file).map(reader -> read(file, reader)).orElseGet(() -> text(file));
  }

  static Table read(Path file, TableReader reader) {
    try {
      var table = reader.read(file);
      var rows =
          IntStream.range(0, table.rows().size())
              .mapToObj(i -> new Row(i + 1L, table.rows().get(i)))
              .toList();
      var header = table.header().stream().map(String::strip).toList();
      return new Table(
          file, header, rows, new Kind("row", table.images(), table.leftOut(), List.of(file)));
    } catch (TableFileException e) {
      throw new DataException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Table text(Path file) {
    var text = TableText.of(file);
    var excel = EXCEL.matcher(text);
    var marked = excel.lookingAt();
    var body = marked ? text.substring(excel.end()) : text;
    var separator = marked ? excel.group(1).charAt(0) : separator(body);
    var linesBefore = marked ? 1 : 0;
    var rows =
        records(file, body, separator)
            .map(r -> new Row(r.getStartingLineNumber() + linesBefore, r.getFields()))
            .filter(row -> !row.cells().stream().allMatch(String::isBlank))
            .toList();
    if (rows.isEmpty()) {
      throw new DataException(file + ": empty; a manifest begins with the names of its columns");
    }
    var header = rows.get(0).cells().stream().map(String::strip).toList();
    return new Table(file, header, rows.subList(1, rows.size()), Kind.TEXT);
  }

  /** The one that gives most cells in the first row. */
  private static char separator(String text) {
    return Stream.of(',', ';', '\t', '|')
        .max(Comparator.comparingInt(candidate -> cells(text, candidate)))
        .orElse(',');
  }

  private static int cells(String text, char separator) {
    try (var reader = builder(separator).ofCsvRecord(text)) {
      return reader.stream().findFirst().map(CsvRecord::getFieldCount).orElse(0);
    } catch (CsvParseException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static Stream<CsvRecord> records(Path file, String text, char separator) {
    var records = Stream.<CsvRecord>builder();
    try (var reader = builder(separator).ofCsvRecord(text)) {
      reader.forEach(records);
    } catch (CsvParseException e) {
      throw new DataException("%s: %s".formatted(file, FileErrors.innermost(e)), e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return records.build();
  }

  private static CsvReader.CsvReaderBuilder builder(char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .trimWhitespacesAroundQuotes(true)
        .allowUnclosedQuote(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(LONGEST_CELL);
  }
}
