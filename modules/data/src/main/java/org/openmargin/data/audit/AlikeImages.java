package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;

/**
 * Images that a model can hardly tell apart, in two splits or under two labels: each is much nearer
 * to the other than to its sixth neighbour, by the Euclidean distance of embeddings of length 1. A
 * ratio is asked for because how near images of one class are differs from model to model (Lowe,
 * "Distinctive image features from scale-invariant keypoints", IJCV 2004, section 7.1). Copies that
 * are cropped or recoloured are found so, which {@link NearImages} misses.
 *
 * @param embeddings one per image
 */
@SuppressWarnings("ArrayRecordComponent") // many numbers, never compared
record AlikeImages(AuditedSet set, List<ImageFacts> facts, float[][] embeddings) {
  private static final int MOST_IMAGES = 20_000;
  private static final int COMPARED_WITH = 6;
  private static final double LARGEST_RATIO = 0.3;

  /** The nearest images of one, the nearest first, and their squared distances. */
  private record Neighbours(int[] rows, double[] distances) {
    boolean alike(int row) {
      var limit = LARGEST_RATIO * LARGEST_RATIO * distances[distances.length - 1];
      return IntStream.range(0, rows.length).anyMatch(i -> rows[i] == row && distances[i] < limit);
    }
  }

  /**
   * @throws DataException for more than 20,000 images: all pairs are compared
   */
  List<Finding> findings() {
    if (embeddings.length > MOST_IMAGES) {
      throw new DataException(
          "%d images are too many to compare their embeddings; at most %d are compared"
              .formatted(embeddings.length, MOST_IMAGES));
    }
    var collected = new Collected(set, facts);
    if (embeddings.length <= COMPARED_WITH) {
      return List.of();
    }
    var units = Arrays.stream(embeddings).map(AlikeImages::unit).toArray(float[][]::new);
    var neighbours =
        IntStream.range(0, units.length)
            .parallel()
            .mapToObj(row -> neighbours(units, row))
            .toList();
    for (var row = 0; row < units.length; row++) {
      var own = neighbours.get(row);
      for (var other : own.rows()) {
        if (row < other && own.alike(other) && neighbours.get(other).alike(row)) {
          add(row, other, cosine(units[row], units[other]), collected);
        }
      }
    }
    return collected.findings();
  }

  private void add(int row, int other, double cosine, Collected collected) {
    if (facts.get(row).sha256().equals(facts.get(other).sha256())) {
      return;
    }
    var one = set.images().get(row);
    var two = set.images().get(other);
    var value = OptionalDouble.of(cosine);
    SameImages.splits()
        .filter(pair -> pair.contains(one.split()) && pair.contains(two.split()))
        .filter(pair -> !one.split().equals(two.split()))
        .forEach(
            pair ->
                collected.add(
                    FindingKind.ALIKE_IMAGES,
                    String.join(" and ", pair),
                    List.of(row, other),
                    value,
                    ""));
    if (!one.className().equals(two.className())) {
      var classes = one.className() + " and " + two.className();
      collected.add(FindingKind.ALIKE_LABELS, "", List.of(row, other), value, classes);
    }
  }

  private static Neighbours neighbours(float[][] units, int row) {
    var rows = new ArrayList<Integer>();
    var distances = new double[units.length];
    for (var other = 0; other < units.length; other++) {
      distances[other] = other == row ? Double.MAX_VALUE : 2 - 2 * cosine(units[row], units[other]);
      if (other != row
          && (rows.size() < COMPARED_WITH
              || distances[other] < distances[rows.get(COMPARED_WITH - 1)])) {
        var at = 0;
        while (at < rows.size() && distances[rows.get(at)] <= distances[other]) {
          at++;
        }
        rows.add(at, other);
        if (rows.size() > COMPARED_WITH) {
          rows.remove(COMPARED_WITH);
        }
      }
    }
    return new Neighbours(
        rows.stream().mapToInt(Integer::intValue).toArray(),
        rows.stream().mapToDouble(other -> distances[other]).toArray());
  }

  private static double cosine(float[] one, float[] other) {
    var sum = 0.0;
    for (var i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static float[] unit(float[] embedding) {
    var length = Math.sqrt(cosine(embedding, embedding));
    var unit = new float[embedding.length];
    for (var i = 0; i < unit.length; i++) {
      unit[i] = (float) (embedding[i] / Math.max(length, Float.MIN_NORMAL));
    }
    return unit;
  }
}
