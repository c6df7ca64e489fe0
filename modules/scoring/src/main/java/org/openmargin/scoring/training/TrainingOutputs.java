package org.openmargin.scoring.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.Vectors;

/**
 * The network's outputs on the unaugmented known training images, which scorers are fitted to;
 * never on validation, test or unknown images.
 *
 * @param predictions known images only, at least one of each class, with finite embeddings
 */
public record TrainingOutputs(Predictions predictions) {

  /** Refuses other predictions; the message names the row and id, or the class. */
  public TrainingOutputs {
    var truth = predictions.truth();
    if (predictions.size() == 0 || predictions.embeddings().length == 0) {
      throw new IllegalArgumentException(
          "scorers are fitted to embeddings of training images; there are none");
    }
    int size = predictions.embeddings()[0].length;
    var present = new boolean[predictions.head().knownClasses()];
    for (int row = 0; row < predictions.size(); row++) {
      var where = "row %d (id '%s'): ".formatted(row, truth.ids().get(row));
      if (!truth.isKnown(row)) {
        throw new IllegalArgumentException(
            where + "scorers are fitted to known training images only; this one is unknown");
      }
      requireFinite(where, predictions.embeddings()[row], size);
      present[truth.labels()[row]] = true;
    }
    for (int label = 0; label < present.length; label++) {
      if (!present[label]) {
        throw new IllegalArgumentException(
            "scorers cannot be fitted: class '%s' has no training image"
                .formatted(predictions.head().classNames().get(label)));
      }
    }
  }

  private static void requireFinite(String where, float[] embedding, int size) {
    if (embedding.length != size) {
      throw new IllegalArgumentException(
          where + "%d numbers in the embedding; others have %d".formatted(embedding.length, size));
    }
    for (float value : embedding) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            where + "the embedding holds " + value + "; embeddings must be finite");
      }
    }
  }

  public Head head() {
    return predictions.head();
  }

  public int size() {
    return predictions.size();
  }

  /** Length of an embedding, d. */
  public int embeddingSize() {
    return predictions.embeddings()[0].length;
  }

  /**
   * A feature of every row, finite.
   *
   * @throws IllegalArgumentException if there is none of this name, or it has a number that is not
   *     finite
   */
  public float[][] feature(String name) {
    var rows = predictions.feature(name);
    for (int row = 0; row < rows.length; row++) {
      requireFinite(
          "row %d (id '%s'), feature %s: ".formatted(row, predictions.truth().ids().get(row), name),
          rows[row],
          rows[0].length);
    }
    return rows;
  }

  public int label(int row) {
    return predictions.truth().labels()[row];
  }

  public double[] embedding(int row) {
    return Vectors.doubles(predictions.embeddings()[row]);
  }

  public double[] knownLogits(int row) {
    return Arrays.copyOf(Vectors.doubles(predictions.logits()[row]), head().knownClasses());
  }

  /** Rows of one class, in order. */
  public int[] rows(int label) {
    return IntStream.range(0, size()).filter(row -> label(row) == label).toArray();
  }

  public double[] mean() {
    return mean(IntStream.range(0, size()).toArray());
  }

  public double[] mean(int[] rows) {
    return Vectors.mean(predictions.embeddings(), rows);
  }
}
