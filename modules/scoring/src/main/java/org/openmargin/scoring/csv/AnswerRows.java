package org.openmargin.scoring.csv;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Ece;
import org.openmargin.scoring.numeric.Doubles;

/** Gathers the rows of a {@link ScoresCsv}, one after the other. */
final class AnswerRows {
  private static final int NONE = -1;

  private final CsvRows rows;
  private final List<String> header;
  private final int label;
  private final int prediction;
  private final int score;
  private final int probability;

  private final Doubles known = new Doubles();
  private final Doubles unknown = new Doubles();
  private final Doubles probabilities = new Doubles();
  private final BitSet correct = new BitSet();

  AnswerRows(CsvRows rows, ScoresCsv.Columns columns, List<String> header) throws IOException {
    this.rows = rows;
    this.header = header;
    for (String wanted : ScoresCsv.wanted(columns)) {
      requireOnce(wanted);
    }
    this.label = header.indexOf(columns.label());
    this.prediction = header.indexOf(columns.prediction());
    this.score = header.indexOf(columns.score());
    this.probability = columns.probability().map(header::indexOf).orElse(NONE);
  }

  private void requireOnce(String column) throws IOException {
    long times = header.stream().filter(column::equals).count();
    if (times != 1) {
      throw new IOException(
          "%s: %s column '%s' in the header; there must be one; the columns are %s"
              .formatted(rows.place(), times == 0 ? "no" : "more than one", column, header));
    }
  }

  /** Adds the current row. */
  void add() throws IOException {
    if (rows.fields() != header.size()) {
      throw new IOException(
          "%s: the row has %d fields; the header has %d"
              .formatted(rows.place(), rows.fields(), header.size()));
    }
    double value = number(score, "an unknown score, higher = more unknown");
    if (isUnknown(label)) {
      unknown.add(value);
      return;
    }
    requirePrediction();
    correct.set(known.size(), rows.same(label, prediction));
    known.add(value);
    if (probability != NONE) {
      probabilities.add(probability());
    }
  }

  private boolean isUnknown(int column) {
    return rows.isEmpty(column) || rows.integer(column) == Truth.UNKNOWN;
  }

  private void requirePrediction() throws IOException {
    if (isUnknown(prediction)
        || rows.isWord(prediction, "unknown")
        || rows.isWord(prediction, "nan")) {
      throw bad(
          prediction,
          "is no class, though the label is '%s'; give the most probable known class, also of images that are rejected"
              .formatted(rows.text(label)));
    }
    if (rows.isWord(label, "unknown")) {
      throw bad(label, "is the label of unknown images elsewhere; here it must be empty or -1");
    }
    if (rows.isWord(label, "nan")) {
      throw bad(label, "is no class; for an unknown image it must be empty or -1");
    }
  }

  private double number(int column, String what) throws IOException {
    double value = rows.number(column);
    if (!Double.isFinite(value)) {
      throw bad(column, "is not a finite number; it must be " + what);
    }
    return value;
  }

  private double probability() throws IOException {
    double value = number(probability, "the probability of the prediction");
    if (value < 0 || value > 1) {
      throw bad(probability, "is not a probability; it must be in [0, 1]");
    }
    return value;
  }

  private IOException bad(int column, String what) {
    return new IOException(
        "%s:%s: '%s' %s".formatted(rows.place(), header.get(column), rows.text(column), what));
  }

  /** Everything that was added. */
  ScoresCsv.Answers all() throws IOException {
    if (known.size() == 0 || unknown.size() == 0) {
      throw new IOException(
          "%s:%s: %d rows of known and %d of unknown classes; open-set metrics need both: unknown rows have an empty label or -1"
              .formatted(rows.name(), header.get(label), known.size(), unknown.size()));
    }
    boolean[] flags = new boolean[known.size()];
    IntStream.range(0, flags.length).forEach(i -> flags[i] = correct.get(i));
    return new ScoresCsv.Answers(
        new UnknownScores(known.toArray(), unknown.toArray(), flags),
        probability == NONE
            ? OptionalDouble.empty()
            : OptionalDouble.of(Ece.of(probabilities.toArray(), flags)));
  }
}
