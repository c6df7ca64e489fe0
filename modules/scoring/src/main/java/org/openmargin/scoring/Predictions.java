package org.openmargin.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A network's outputs on a list of images, one row per image. The arrays can be large, so they are
 * not copied; they are read-only by contract.
 *
 * @param logits [rows][head.columns()], finite
 * @param embeddings [rows][d], or empty if they were not kept
 * @param features by name, [rows][size]: numbers of other layers, and of the pixels
 */
@SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
public record Predictions(
    Head head,
    Truth truth,
    float[][] logits,
    float[][] embeddings,
    Map<String, float[][]> features) {

  /** Checks shapes, labels and finiteness; {@link IllegalArgumentException} names row and id. */
  public Predictions {
    requireRows("logits", logits.length, truth.size());
    if (embeddings.length > 0) {
      requireRows("embeddings", embeddings.length, truth.size());
    }
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    features.forEach((name, rows) -> requireRows(name, rows.length, truth.size()));
    for (int row = 0; row < logits.length; row++) {
      requireRow(head, truth, row, logits[row]);
    }
  }

  /** Without features. */
  public Predictions(Head head, Truth truth, float[][] logits, float[][] embeddings) {
    this(head, truth, logits, embeddings, Map.of());
  }

  public static Predictions withoutEmbeddings(Head head, Truth truth, float[][] logits) {
    return new Predictions(head, truth, logits, new float[0][]);
  }

  public int size() {
    return logits.length;
  }

  /** The rows of known classes, in the same order. */
  public Predictions known() {
    return where(truth::isKnown);
  }

  /** The rows of unknown classes, in the same order. */
  public Predictions unknown() {
    return where(row -> !truth.isKnown(row));
  }

  /** The first {@code count} rows, or all if there are fewer. */
  public Predictions first(int count) {
    return where(row -> row < count);
  }

  /** Index of the largest known logit of a row; the first one on ties. */
  public int predictedClass(int row) {
    return head.predictedClass(logits[row]);
  }

  /** Whether a row is of a known class and its largest known logit belongs to that class. */
  public boolean isCorrect(int row) {
    return truth.isKnown(row) && predictedClass(row) == truth.labels()[row];
  }

  /** One of two halves that share no group, see {@link Halves}. */
  public Predictions half(boolean first) {
    var inFirst = Halves.first(truth.labels(), truth.groups());
    return where(row -> inFirst[row] == first);
  }

  /**
   * A feature of every row.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public float[][] feature(String name) {
    if (!features.containsKey(name)) {
      throw new IllegalArgumentException(
          "these predictions have no feature '%s', only %s"
              .formatted(name, List.copyOf(features.keySet())));
    }
    return features.get(name);
  }

  private Predictions where(IntPredicate keep) {
    var rows = IntStream.range(0, size()).filter(keep).toArray();
    var ids = IntStream.of(rows).mapToObj(truth.ids()::get).toList();
    var names = IntStream.of(rows).mapToObj(truth.classNames()::get).toList();
    var labels = IntStream.of(rows).map(row -> truth.labels()[row]).toArray();
    var groups =
        truth.groups().isEmpty()
            ? List.<String>of()
            : IntStream.of(rows).mapToObj(truth.groups()::get).toList();
    var kept = new LinkedHashMap<String, float[][]>();
    features.forEach((name, values) -> kept.put(name, pick(values, rows)));
    return new Predictions(
        head,
        new Truth(ids, labels, names, groups),
        pick(logits, rows),
        pick(embeddings, rows),
        kept);
  }

  private static float[][] pick(float[][] from, int[] rows) {
    return from.length == 0
        ? from
        : IntStream.of(rows).mapToObj(row -> from[row]).toArray(float[][]::new);
  }

  private static void requireRows(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%s have %d rows; there are %d images".formatted(what, actual, expected));
    }
  }

  private static void requireRow(Head head, Truth truth, int row, float[] logits) {
    var where = "row %d (id '%s'): ".formatted(row, truth.ids().get(row));
    if (logits.length != head.columns()) {
      throw new IllegalArgumentException(
          where + logits.length + " logits; the head has " + head.columns() + " columns");
    }
    if (truth.labels()[row] >= head.knownClasses()) {
      throw new IllegalArgumentException(
          where
              + "label %d; there are %d known classes"
                  .formatted(truth.labels()[row], head.knownClasses()));
    }
    for (int j = 0; j < logits.length; j++) {
      if (!Float.isFinite(logits[j])) {
        throw new IllegalArgumentException(
            where + "logit " + j + " is " + logits[j] + "; logits must be finite");
      }
    }
  }
}
