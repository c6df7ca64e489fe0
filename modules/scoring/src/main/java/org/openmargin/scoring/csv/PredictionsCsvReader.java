package org.openmargin.scoring.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.files.FileErrors;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;

/**
 * Reads what {@link PredictionsCsv} writes; every error names the file and, where possible, the
 * row.
 */
final class PredictionsCsvReader {
  private PredictionsCsvReader() {}

  static Predictions read(Path file, Head head) throws IOException {
    var rows = rows(file);
    requireHeader(file, rows, head);
    try {
      return predictions(rows.subList(1, rows.size()), head);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<List<String>> rows(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return CsvReader.builder()
          .allowUnclosedQuote(false)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .ofCsvRecord(reader)
          .stream()
          .map(CsvRecord::getFields)
          .toList();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (CsvParseException e) {
      throw new IOException(file + ": " + FileErrors.innermost(e), e);
    } catch (UncheckedIOException e) {
      throw new IOException(file + " cannot be read: " + FileErrors.innermost(e), e);
    }
  }

  private static Predictions predictions(List<List<String>> images, Head head) {
    var ids = images.stream().map(row -> row.get(0)).toList();
    var classes = images.stream().map(row -> row.get(2)).toList();
    var labels = new int[images.size()];
    var logits = new float[images.size()][head.columns()];
    for (int i = 0; i < labels.length; i++) {
      var row = images.get(i);
      try {
        labels[i] = Integer.parseInt(row.get(1));
        for (int j = 0; j < head.columns(); j++) {
          logits[i][j] = Float.parseFloat(row.get(row.size() - head.columns() + j));
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "row %d (id '%s') has a label or logit that is not a number: %s"
                .formatted(i, row.get(0), e.getMessage()),
            e);
      }
    }
    return Predictions.withoutEmbeddings(head, new Truth(ids, labels, classes), logits);
  }

  private static void requireHeader(Path file, List<List<String>> rows, Head head)
      throws IOException {
    var first = PredictionsCsv.FIRST_COLUMNS;
    var last = PredictionsCsv.logitNames(head);
    var header = rows.isEmpty() ? List.of() : rows.get(0);
    if (header.size() < first.size() + last.size()
        || !header.subList(0, first.size()).equals(first)
        || !header.subList(header.size() - last.size(), header.size()).equals(last)) {
      throw new IOException(
          "%s is not a predictions file of this head: its columns must begin with %s and end with"
                  .formatted(file, first)
              + " %s; they are %s".formatted(last, header));
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() != header.size()) {
        throw new IOException(
            "%s: row %d has %d fields; the header has %d"
                .formatted(file, i - 1, rows.get(i).size(), header.size()));
      }
    }
  }
}
