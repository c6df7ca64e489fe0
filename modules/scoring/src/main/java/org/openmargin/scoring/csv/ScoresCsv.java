package org.openmargin.scoring.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.scoring.UnknownScores;

/**
 * Reads the answers of any open-set classifier from comma-separated values: one row per image,
 * columns found by the names in the header row, in any order; others are ignored. Quoted as in RFC
 * 4180, UTF-8, read as a stream: memory holds the scores only.
 *
 * <p>A row is of an unknown class when its label is empty or -1; its prediction is not looked at. A
 * known row is correct when label and prediction are the same, as integers ({@code 3}, {@code 03}
 * and {@code 3.0} are equal) or else as text, blanks around them left out. {@link PredictionsCsv}
 * writes this form too.
 */
public final class ScoresCsv {
  private ScoresCsv() {}

  /**
   * Which columns are read.
   *
   * @param label true class
   * @param prediction the most probable known class, whether or not the image is rejected
   * @param score unknown score, higher = more unknown
   * @param probability of the prediction, in [0, 1]; empty where there is none
   */
  public record Columns(
      String label, String prediction, String score, Optional<String> probability) {
    /** {@code label}, {@code prediction} and {@code unknown_score}. */
    public static final Columns USUAL =
        new Columns("label", "prediction", "unknown_score", Optional.empty());
  }

  /**
   * What was read.
   *
   * @param scores at least one known and one unknown image, all scores finite
   * @param ece where there is a column of probabilities
   */
  public record Answers(UnknownScores scores, OptionalDouble ece) {}

  /**
   * Reads all rows.
   *
   * @param in is not closed
   * @param name of the file, for errors
   * @throws IOException when it cannot be read or is not of this form; says file, line, column and
   *     what would be right
   */
  public static Answers read(InputStream in, String name, Columns columns) throws IOException {
    CsvRows rows = new CsvRows(in, name);
    if (!rows.next()) {
      throw new IOException(
          name + " is empty; its first row must name the columns " + wanted(columns));
    }
    AnswerRows answers = new AnswerRows(rows, columns, rows.texts());
    while (rows.next()) {
      answers.add();
    }
    return answers.all();
  }

  /** The names of the columns. */
  static List<String> wanted(Columns columns) {
    List<String> always = List.of(columns.label(), columns.prediction(), columns.score());
    return columns.probability().isEmpty()
        ? always
        : List.of(
            columns.label(), columns.prediction(), columns.score(), columns.probability().get());
  }
}
