package org.openmargin.scoring.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.ScoredPredictions;

/**
 * {@code predictions.csv}: one row per image, UTF-8, quoted as in RFC 4180, written atomically.
 *
 * <p>Columns: {@code id}; {@code label} (index of the known class, -1 = unknown); {@code
 * true_class}; {@code prediction} and {@code predicted_class} (largest known logit, whether or not
 * the image is rejected); {@code unknown_score} of the deciding scorer; {@code is_unknown} ({@code
 * true} when rejected); then one column per scorer, under its name; then the logits, {@code
 * logit_<class>} and, for an open class, {@code logit_open_space}. Numbers keep every digit, so
 * they read back equal.
 */
public final class PredictionsCsv {
  static final List<String> FIRST_COLUMNS =
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
   * @param file in an existing folder
   * @param scored the rows and the scores of each scorer
   * @param decision gives {@code unknown_score} and {@code is_unknown}; its scorer must be among
   *     those of {@code scored}
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path file, ScoredPredictions scored, OpenSetDecision decision)
      throws IOException {
    var predictions = scored.predictions();
    var rejected = decision.rejected(scored);
    var deciding = scored.of(decision.scorer().name());
    AtomicTextFile.write(
        file,
        writer -> {
          var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
          csv.writeRecord(header(scored));
          for (var row = 0; row < predictions.size(); row++) {
            csv.writeRecord(fields(scored, row, deciding[row], rejected[row]));
          }
          csv.flush();
        });
  }

  /**
   * Reads back ids, labels, true classes and logits; the file holds no embeddings.
   *
   * @param head the head that made the logits
   * @throws IOException if the file cannot be read, has another form, or has classes other than the
   *     head's; the message names the line
   */
  public static Predictions read(Path file, Head head) throws IOException {
    return PredictionsCsvReader.read(file, head);
  }

  private static List<String> header(ScoredPredictions scored) {
    return Stream.of(
            FIRST_COLUMNS.stream(),
            scored.scores().keySet().stream(),
            logitNames(scored.predictions().head()).stream())
        .flatMap(names -> names)
        .toList();
  }

  static List<String> logitNames(Head head) {
    var names = new ArrayList<String>();
    head.classNames().forEach(name -> names.add("logit_" + name));
    if (head.openClass()) {
      names.add("logit_open_space");
    }
    return names;
  }

  private static List<String> fields(
      ScoredPredictions scored, int row, double deciding, boolean rejected) {
    var predictions = scored.predictions();
    var logits = predictions.logits()[row];
    int predicted = predictions.predictedClass(row);
    var fields = new ArrayList<String>();
    fields.add(predictions.truth().ids().get(row));
    fields.add(Integer.toString(predictions.truth().labels()[row]));
    fields.add(predictions.truth().classNames().get(row));
    fields.add(Integer.toString(predicted));
    fields.add(predictions.head().classNames().get(predicted));
    fields.add(Double.toString(deciding));
    fields.add(Boolean.toString(rejected));
    scored.scores().values().forEach(scores -> fields.add(Double.toString(scores[row])));
    for (float logit : logits) {
      fields.add(Float.toString(logit));
    }
    return fields;
  }
}
