package org.openmargin.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.openmargin.files.FileErrors;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.UnknownScores;

/**
 * The answer to one test image: a row of {@code predictions.csv}.
 *
 * @param label index of the known class, or {@link Truth#UNKNOWN}
 * @param trueClass name of the true class, also of an unknown one
 * @param prediction index of the known class with the largest logit
 * @param unknownScore of the deciding scorer
 * @param rejected whether the answer is "unknown"
 */
record TestAnswer(
    int label, String trueClass, int prediction, double unknownScore, boolean rejected) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
  private static final List<String> COLUMNS =
      List.of("label", "true_class", "prediction", "unknown_score", "is_unknown");

  boolean isKnown() {
    return label != Truth.UNKNOWN;
  }

  /** Of a known class, accepted, and given this class. */
  boolean isAcceptedAndRight() {
    return isKnown() && !rejected && prediction == label;
  }

  /**
   * Reads the file.
   *
   * @param knownClasses number of known classes
   */
  static List<TestAnswer> read(ResultFiles files, int knownClasses) {
    var file = files.predictions();
    try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      if (!parser.getHeaderNames().containsAll(COLUMNS)) {
        throw new ReportException(
            "%s must have the columns %s; it has %s%s"
                .formatted(
                    file,
                    String.join(", ", COLUMNS),
                    String.join(", ", parser.getHeaderNames()),
                    files.again()));
      }
      var answers = new ArrayList<TestAnswer>();
      for (var row : parser) {
        answers.add(answer(row, knownClasses));
      }
      return answers;
    } catch (IOException e) {
      throw new ReportException(
          file + " cannot be read: " + FileErrors.reason(e) + files.again(), e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new ReportException(file + " is damaged: " + e.getMessage() + files.again(), e);
    }
  }

  private static TestAnswer answer(CSVRecord row, int knownClasses) {
    try {
      if (!row.isConsistent()) {
        throw new IllegalArgumentException("it has " + row.size() + " fields");
      }
      return new TestAnswer(
          integer(row.get("label"), Truth.UNKNOWN, knownClasses),
          row.get("true_class"),
          integer(row.get("prediction"), 0, knownClasses),
          finite(row.get("unknown_score")),
          bool(row.get("is_unknown")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "row %d: %s".formatted(row.getRecordNumber(), e.getMessage()), e);
    }
  }

  private static int integer(String text, int least, int end) {
    var value = Integer.parseInt(text);
    if (value < least || value >= end) {
      throw new IllegalArgumentException(
          "class %d, where classes go from %d to %d".formatted(value, least, end - 1));
    }
    return value;
  }

  private static double finite(String text) {
    var value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("an unknown score must be finite; got " + text);
    }
    return value;
  }

  private static boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("is_unknown must be true or false; got " + text);
    }
    return Boolean.parseBoolean(text);
  }

  /** The scores of all answers, parted by truth. */
  static UnknownScores unknownScores(List<TestAnswer> answers) {
    var known = answers.stream().filter(TestAnswer::isKnown).toList();
    var correct = new boolean[known.size()];
    for (var i = 0; i < correct.length; i++) {
      correct[i] = known.get(i).prediction() == known.get(i).label();
    }
    return new UnknownScores(
        known.stream().mapToDouble(TestAnswer::unknownScore).toArray(),
        answers.stream().filter(a -> !a.isKnown()).mapToDouble(TestAnswer::unknownScore).toArray(),
        correct);
  }
}
