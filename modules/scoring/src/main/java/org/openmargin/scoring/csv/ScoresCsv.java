package org.openmargin.scoring.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.openmargin.files.FileErrors;
import org.openmargin.scoring.UnknownScores;

/**
 * Reads the answers of any open-set classifier from comma-separated values: one row per image,
 * columns found by their names in the header, in any order; other columns are ignored. UTF-8,
 * quoted as in RFC 4180. The file is read as a stream; only the scores are kept in memory.
 *
 * <p>A row is of an unknown class if its label is empty, a negative integer or one of {@link
 * Columns#unknownLabels}; its prediction is then ignored. A known row is correct if label and
 * prediction are the same integer ({@code 3}, {@code 03} and {@code 3.0} are equal) or the same
 * text, ignoring surrounding blanks. {@link PredictionsCsv} writes this form too.
 */
public final class ScoresCsv {
  private static final int LONGEST_FIELD = 1 << 26;

  private ScoresCsv() {}

  /**
   * The columns to read.
   *
   * @param label true class
   * @param prediction the most probable known class, whether or not the image is rejected
   * @param score unknown score, higher = more unknown
   * @param probability of the prediction, in [0, 1]; empty if there is no such column
   * @param unknownLabels further labels of unknown classes
   */
  public record Columns(
      String label,
      String prediction,
      String score,
      Optional<String> probability,
      Set<String> unknownLabels) {
    /** {@code label}, {@code prediction} and {@code unknown_score}. */
    public static final Columns USUAL =
        new Columns("label", "prediction", "unknown_score", Optional.empty());

    public Columns {
      unknownLabels = Set.copyOf(unknownLabels);
    }

    /** Without further labels of unknown classes. */
    public Columns(String label, String prediction, String score, Optional<String> probability) {
      this(label, prediction, score, probability, Set.of());
    }

    List<String> names() {
      return Stream.concat(Stream.of(label, prediction, score), probability.stream()).toList();
    }
  }

  /**
   * What was read.
   *
   * @param scores at least one known image, all scores finite
   * @param ece present if there is a column of probabilities
   * @param labels SHA-256 of the labels in order: two files about the same images have the same
   * @param neverPredicted labels of known images that no prediction is, sorted
   */
  public record Answers(
      UnknownScores scores, OptionalDouble ece, String labels, List<String> neverPredicted) {
    public Answers {
      neverPredicted = List.copyOf(neverPredicted);
    }

    /** The same with the signs of the scores reversed. */
    public Answers negated() {
      return new Answers(scores.negated(), ece, labels, neverPredicted);
    }
  }

  /**
   * Reads all rows.
   *
   * @param in not closed
   * @param name of the file, for errors
   * @throws IOException if it cannot be read or has another form; the message names file, line,
   *     column and what is expected
   */
  public static Answers read(InputStream in, String name, Columns columns) throws IOException {
    try {
      return answers(Utf8Text.of(in, name), name, columns);
    } catch (CsvParseException e) {
      throw new IOException(name + ": " + FileErrors.innermost(e), e);
    } catch (CharacterCodingException e) {
      throw Utf8Text.other(name, e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? Utf8Text.other(name, e)
          : new IOException(name + " cannot be read: " + e.getCause().getMessage(), e);
    }
  }

  @SuppressWarnings("resource") // closing the rows would close the stream
  private static Answers answers(Reader in, String name, Columns columns) throws IOException {
    var rows =
        CsvReader.builder()
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LONGEST_FIELD)
            .ofCsvRecord(in)
            .stream()
            .filter(row -> !isBlank(row))
            .iterator();
    if (!rows.hasNext()) {
      throw new IOException(
          name + " is empty; its first row must name the columns " + columns.names());
    }
    var answers = new AnswerRows(name, columns, rows.next());
    while (rows.hasNext()) {
      answers.add(rows.next());
    }
    return answers.all();
  }

  private static boolean isBlank(CsvRecord row) {
    return row.getFieldCount() == 1 && row.getField(0).isBlank();
  }
}
