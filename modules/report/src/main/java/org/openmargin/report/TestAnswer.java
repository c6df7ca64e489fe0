package org.openmargin.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.files.FileErrors;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.UnknownScores;

/**
 * The answer to one test image: a row of {@code predictions.csv}.
 *
 * @param id of the image
 * @param label index of the known class, or {@link Truth#UNKNOWN}
 * @param prediction index of the known class with the largest logit
 * @param unknownScore of the deciding scorer
 * @param rejected whether the answer is "unknown"
 */
public record TestAnswer(
    String id, int label, String trueClass, int prediction, double unknownScore, boolean rejected) {
  private static final List<String> COLUMNS =
      List.of("id", "label", "true_class", "prediction", "unknown_score", "is_unknown");

  boolean isKnown() {
    return label != Truth.UNKNOWN;
  }

  /** Known, accepted and classified correctly. */
  boolean isAcceptedAndRight() {
    return isKnown() && !rejected && prediction == label;
  }

  static List<TestAnswer> read(ResultFiles files, int knownClasses) {
    return rows(files, rows -> rows.map(row -> answer(row, knownClasses)).toList());
  }

  /**
   * Reads the file that holds the answers of a run.
   *
   * @param reading of all rows; fails with {@link IllegalArgumentException} where they are damaged
   * @throws ReportException if the file cannot be read or is damaged
   */
  static <T> T rows(ResultFiles files, Function<Stream<NamedCsvRecord>, T> reading) {
    var file = files.predictions();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        var rows = CsvReader.builder().allowUnclosedQuote(false).ofNamedCsvRecord(reader)) {
      return reading.apply(rows.stream());
    } catch (IOException e) {
      throw new ReportException(
          file + " cannot be read: " + FileErrors.reason(e) + files.again(), e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw new ReportException(
          file + " is damaged: " + FileErrors.innermost(e) + files.again(), e);
    } catch (IllegalArgumentException e) {
      throw new ReportException(file + " is damaged: " + e.getMessage() + files.again(), e);
    }
  }

  private static TestAnswer answer(NamedCsvRecord row, int knownClasses) {
    require(
        row.getHeader().containsAll(COLUMNS),
        "it must have the columns %s; it has %s".formatted(COLUMNS, row.getHeader()));
    try {
      return new TestAnswer(
          row.getField("id"),
          knownClass(row.getField("label"), Truth.UNKNOWN, knownClasses),
          row.getField("true_class"),
          knownClass(row.getField("prediction"), 0, knownClasses),
          finite(row.getField("unknown_score")),
          bool(row.getField("is_unknown")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "line %d: %s".formatted(row.getStartingLineNumber(), e.getMessage()), e);
    }
  }

  private static int knownClass(String text, int least, int classes) {
    var value = Integer.parseInt(text);
    require(value >= least && value < classes, "class " + text + " is not one of " + classes);
    return value;
  }

  private static double finite(String text) {
    var value = Double.parseDouble(text);
    require(Double.isFinite(value), "an unknown score must be finite; got " + text);
    return value;
  }

  private static boolean bool(String text) {
    require(text.matches("true|false"), "is_unknown must be true or false; got " + text);
    return Boolean.parseBoolean(text);
  }

  private static void require(boolean valid, String problem) {
    if (!valid) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** The scores of all answers, split by truth. */
  static UnknownScores unknownScores(List<TestAnswer> answers) {
    return unknownScores(answers, answers.stream().mapToDouble(TestAnswer::unknownScore).toArray());
  }

  /**
   * The same for other scores.
   *
   * @param scores one for each answer
   */
  static UnknownScores unknownScores(List<TestAnswer> answers, double[] scores) {
    return new UnknownScores(
        ofGroup(answers, scores, true), ofGroup(answers, scores, false), correct(answers));
  }

  /** The values of known or of unknown images, in order. */
  static double[] ofGroup(List<TestAnswer> answers, double[] values, boolean known) {
    return IntStream.range(0, values.length)
        .filter(i -> answers.get(i).isKnown() == known)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /** Per known image, whether its class is right before rejection. */
  static boolean[] correct(List<TestAnswer> answers) {
    var known = answers.stream().filter(TestAnswer::isKnown).toList();
    var correct = new boolean[known.size()];
    for (var i = 0; i < correct.length; i++) {
      correct[i] = known.get(i).prediction() == known.get(i).label();
    }
    return correct;
  }
}
