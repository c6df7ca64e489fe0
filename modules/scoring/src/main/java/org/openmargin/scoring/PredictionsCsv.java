package org.openmargin.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code predictions.csv}: one row per image, UTF-8, quoted as in RFC 4180, written atomically.
 *
 * <p>Columns: {@code id}; {@code label} (index of the known class, -1 = unknown); {@code
 * true_class}; {@code prediction} and {@code predicted_class} (largest known logit, whether or not
 * the image is rejected); {@code unknown_score} of the deciding scorer; {@code is_unknown} ({@code
 * true} when rejected); then one column per scorer, named like it; then the logits, {@code
 * logit_<class>} and for an open channel {@code logit_open_space}. Numbers have every digit: read
 * back, they are equal.
 */
public final class PredictionsCsv {
  private static final List<String> FIRST_COLUMNS =
      List.of(
          "id",
          "label",
          "true_class",
          "prediction",
          "predicted_class",
          "unknown_score",
          "is_unknown");

  private PredictionsCsv() {}

  /**
   * Writes or replaces the file.
   *
   * @param file its folder exists
   * @param predictions the rows
   * @param decision gives {@code unknown_score} and {@code is_unknown}
   * @param scorers one column each
   * @throws IOException when it cannot be written; then nothing is left behind
   */
  public static void write(
      Path file, Predictions predictions, OpenSetDecision decision, List<Scorer> scorers)
      throws IOException {
    AtomicTextFile.write(
        file,
        writer -> {
          writer.write(Csv.line(header(predictions.head(), scorers)));
          for (int row = 0; row < predictions.size(); row++) {
            writer.write(Csv.line(fields(predictions, row, decision, scorers)));
          }
        });
  }

  /**
   * Reads ids, labels, true classes and logits back; embeddings are not in the file.
   *
   * @param head the head that made the logits
   * @throws IOException when the file cannot be read, is not of this form, or has other classes
   *     than the head; says which line
   */
  public static Predictions read(Path file, Head head) throws IOException {
    List<List<String>> rows;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      rows = Csv.rows(reader);
    }
    requireHeader(file, rows, head);
    List<List<String>> images = rows.subList(1, rows.size());
    List<String> ids = images.stream().map(row -> row.get(0)).toList();
    List<String> classes = images.stream().map(row -> row.get(2)).toList();
    int[] labels = new int[images.size()];
    float[][] logits = new float[images.size()][];
    for (int i = 0; i < labels.length; i++) {
      List<String> row = images.get(i);
      try {
        labels[i] = Integer.parseInt(row.get(1));
        logits[i] = floats(row.subList(row.size() - head.columns(), row.size()));
      } catch (NumberFormatException e) {
        throw new IOException(
            "%s, row %d (id '%s'): %s is not a number"
                .formatted(file, i + 2, row.get(0), e.getMessage()),
            e);
      }
    }
    return Predictions.withoutEmbeddings(head, new Truth(ids, labels, classes), logits);
  }

  private static List<String> header(Head head, List<Scorer> scorers) {
    return Stream.of(
            FIRST_COLUMNS.stream(), scorers.stream().map(Scorer::name), logitNames(head).stream())
        .flatMap(names -> names)
        .toList();
  }

  private static List<String> logitNames(Head head) {
    List<String> names = new ArrayList<>();
    head.classNames().forEach(name -> names.add("logit_" + name));
    if (head.openChannel()) {
      names.add("logit_open_space");
    }
    return names;
  }

  private static List<String> fields(
      Predictions predictions, int row, OpenSetDecision decision, List<Scorer> scorers) {
    float[] logits = predictions.logits()[row];
    int predicted = predictions.predictedClass(row);
    List<String> fields = new ArrayList<>();
    fields.add(predictions.truth().ids().get(row));
    fields.add(Integer.toString(predictions.truth().labels()[row]));
    fields.add(predictions.truth().classNames().get(row));
    fields.add(Integer.toString(predicted));
    fields.add(predictions.head().classNames().get(predicted));
    fields.add(Double.toString(decision.scorer().unknownScore(logits)));
    fields.add(Boolean.toString(decision.isUnknown(logits)));
    scorers.forEach(scorer -> fields.add(Double.toString(scorer.unknownScore(logits))));
    for (float logit : logits) {
      fields.add(Float.toString(logit));
    }
    return fields;
  }

  private static void requireHeader(Path file, List<List<String>> rows, Head head)
      throws IOException {
    List<String> logitNames = logitNames(head);
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
    int scorersEnd = header.size() - logitNames.size();
    if (scorersEnd < FIRST_COLUMNS.size()
        || !header.subList(0, FIRST_COLUMNS.size()).equals(FIRST_COLUMNS)
        || !header.subList(scorersEnd, header.size()).equals(logitNames)) {
      throw new IOException(
          "%s is not a predictions file of this head: its columns must begin with %s and end with"
                  .formatted(file, FIRST_COLUMNS)
              + " %s; they are %s".formatted(logitNames, header));
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() != header.size()) {
        throw new IOException(
            "%s, row %d: %d fields; the header has %d"
                .formatted(file, i + 1, rows.get(i).size(), header.size()));
      }
    }
  }

  private static float[] floats(List<String> fields) {
    float[] values = new float[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(fields.get(i));
    }
    return values;
  }
}
