package org.openmargin.scoring.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.files.Sha256;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Ece;

/** Collects the rows of a {@link ScoresCsv}. */
final class AnswerRows {
  /** What R, pandas and others write where a value is missing. */
  private static final Set<String> MISSING =
      Set.of("na", "n/a", "#n/a", "#n/a n/a", "#na", "<na>", "null", "none", "-nan", "nil", "n.a.");

  private static final Pattern NEGATIVE = Pattern.compile("-\\d+");

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
  private final Map<String, IOException> missingLabels = new TreeMap<>();
  private final Set<String> missingPredictions = new HashSet<>();
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
          "%s: %s column '%s' in the header; exactly one is needed; the columns are %s"
              .formatted(place, times == 0 ? "no" : "more than one", column, header));
    }
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
    rememberMissing(row, truth, text(row, prediction));
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
        || (text.charAt(0) == '-' && NEGATIVE.matcher(Numerals.integerOrText(text)).matches());
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

  /** A word for a missing value is a class only if some prediction is that class. */
  private void rememberMissing(CsvRecord row, String truth, String predicted) {
    var word = truth.toLowerCase(Locale.ROOT);
    if (MISSING.contains(word)) {
      missingLabels.computeIfAbsent(
          word,
          w ->
              bad(
                  row,
                  label,
                  "looks like a missing value; for an unknown image it must be empty or negative, and a class needs another name"));
    }
    if (MISSING.contains(predicted.toLowerCase(Locale.ROOT))) {
      missingPredictions.add(predicted.toLowerCase(Locale.ROOT));
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
    for (var missing : missingLabels.entrySet()) {
      if (!missingPredictions.contains(missing.getKey())) {
        throw missing.getValue();
      }
    }
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
        labels.hex());
  }
}
