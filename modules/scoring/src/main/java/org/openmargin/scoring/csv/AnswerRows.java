package org.openmargin.scoring.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.files.Sha256;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Ece;

/** Collects the rows of a {@link ScoresCsv}. */
final class AnswerRows {
  private static final Pattern NEGATIVE = Pattern.compile("-\\d+");

  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[;\t|]");

  /** Minus sign, dash, small and wide hyphen, as word processors write them. */
  private static final Pattern MINUS = Pattern.compile("^[\u2212\u2013\ufe63\uff0d]");

  private final String name;
  private final List<String> header;
  private final int label;
  private final int prediction;
  private final int score;
  private final OptionalInt probability;

  private final DoubleStream.Builder known = DoubleStream.builder();
  private final DoubleStream.Builder unknown = DoubleStream.builder();
  private final DoubleStream.Builder probabilities = DoubleStream.builder();
  private final BitSet correct = new BitSet();
  private final KnownLabels knownLabels = new KnownLabels();
  private final Set<String> unknownLabels;
  private final Sha256 labels = new Sha256();
  private int knownImages;

  AnswerRows(String name, ScoresCsv.Columns columns, CsvRecord first) throws IOException {
    this.name = name;
    this.header = first.getFields().stream().map(String::strip).toList();
    for (var wanted : columns.names()) {
      requireOnce(wanted, place(first));
    }
    this.label = header.indexOf(columns.label());
    this.prediction = header.indexOf(columns.prediction());
    this.score = header.indexOf(columns.score());
    this.unknownLabels = columns.unknownLabels();
    this.probability = columns.probability().stream().mapToInt(header::indexOf).findFirst();
  }

  private void requireOnce(String column, String place) throws IOException {
    var times = header.stream().filter(column::equals).count();
    if (times != 1) {
      throw new IOException(
          "%s: %s column '%s' in the header; exactly one is needed; the columns are %s%s"
              .formatted(
                  place, times == 0 ? "no" : "more than one", column, header, otherSeparator()));
    }
  }

  private String otherSeparator() {
    return header.size() == 1 && OTHER_SEPARATOR.matcher(header.get(0)).find()
        ? "; separate them by commas"
        : "";
  }

  private String place(CsvRecord row) {
    return name + ":" + row.getStartingLineNumber();
  }

  void add(CsvRecord row) throws IOException {
    if (row.getFieldCount() != header.size()) {
      throw new IOException(
          "%s: the row has %d fields; the header has %d"
              .formatted(place(row), row.getFieldCount(), header.size()));
    }
    var value = number(row, score, "an unknown score, higher = more unknown");
    var truth = text(row, label);
    var isUnknown = isUnknown(truth);
    labels.add((isUnknown ? "" : Numerals.integerOrText(truth)) + "\n");
    if (isUnknown) {
      unknown.add(value);
      return;
    }
    requireClasses(row, truth, text(row, prediction));
    knownLabels.add(truth, text(row, prediction), reason -> bad(row, label, reason));
    correct.set(knownImages++, isSame(truth, text(row, prediction)));
    known.add(value);
    if (probability.isPresent()) {
      probabilities.add(probability(row, probability.getAsInt()));
    }
  }

  private static String text(CsvRecord row, int column) {
    return row.getField(column).strip();
  }

  private boolean isUnknown(String text) {
    return text.isEmpty()
        || unknownLabels.contains(text)
        || NEGATIVE
            .matcher(Numerals.integerOrText(MINUS.matcher(text).replaceFirst("-")))
            .matches();
  }

  private static boolean isSame(String a, String b) {
    return a.equals(b) || Numerals.integerOrText(a).equals(Numerals.integerOrText(b));
  }

  private void requireClasses(CsvRecord row, String truth, String predicted) throws IOException {
    if (isUnknown(predicted)
        || predicted.equalsIgnoreCase("unknown")
        || predicted.equalsIgnoreCase("nan")) {
      throw bad(
          row,
          prediction,
          "is not a class, but the label is '%s'; give the most probable known class, even for rejected images"
              .formatted(truth));
    }
    if (truth.equalsIgnoreCase("unknown")) {
      throw bad(row, label, "must be empty or -1 for an image of an unknown class");
    }
    if (truth.equalsIgnoreCase("nan")) {
      throw bad(row, label, "is not a class; for an unknown image it must be empty or -1");
    }
  }

  private double number(CsvRecord row, int column, String what) throws IOException {
    var value = Numerals.decimal(text(row, column));
    if (!Double.isFinite(value)) {
      throw bad(row, column, "is not a finite number; it must be " + what);
    }
    return value;
  }

  private double probability(CsvRecord row, int column) throws IOException {
    var value = number(row, column, "the probability of the prediction");
    if (value < 0 || value > 1) {
      throw bad(row, column, "is not a probability; it must be in [0, 1]");
    }
    return value;
  }

  private IOException bad(CsvRecord row, int column, String what) {
    return new IOException(
        "%s:%s: '%s' %s".formatted(place(row), header.get(column), text(row, column), what));
  }

  ScoresCsv.Answers all() throws IOException {
    knownLabels.requireClasses();
    var unknownScores = unknown.build().toArray();
    if (knownImages == 0) {
      throw new IOException(
          "%s:%s: 0 rows of known and %d of unknown classes; known rows have a label that is neither empty nor negative"
              .formatted(name, header.get(label), unknownScores.length));
    }
    var flags = new boolean[knownImages];
    IntStream.range(0, flags.length).forEach(i -> flags[i] = correct.get(i));
    return new ScoresCsv.Answers(
        new UnknownScores(known.build().toArray(), unknownScores, flags),
        probability.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Ece.of(probabilities.build().toArray(), flags)),
        labels.hex(),
        knownLabels.neverPredicted());
  }
}
