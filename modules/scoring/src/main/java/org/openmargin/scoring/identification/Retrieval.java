package org.openmargin.scoring.identification;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.Vectors;

/**
 * How well embeddings retrieve images of their own class by cosine: each image is a query among all
 * others. Queries whose class has no other image are left out.
 *
 * @param recallAt1 share of the queries whose nearest image is of their class
 * @param rPrecision mean share of the class among the R nearest, R being the number of other images
 *     of the class
 * @param mapAtR mean average precision at R: {@code 1/R sum_i P(i)}, over the ranks i up to R that
 *     hold an image of the class, P(i) being the precision at i. Source: Musgrave, Belongie, Lim,
 *     "A Metric Learning Reality Check", ECCV 2020, section 3.2.
 * @param queries number of queries
 */
public record Retrieval(double recallAt1, double rPrecision, double mapAtR, int queries) {

  /**
   * @param embeddings [n][d]
   * @param labels [n], any numbers
   * @throws IllegalArgumentException if no class has two images
   */
  public static Retrieval of(float[][] embeddings, int[] labels) {
    var units = new double[embeddings.length][];
    for (var i = 0; i < units.length; i++) {
      units[i] = Vectors.unit(Vectors.doubles(embeddings[i]));
    }
    var sum = new double[3];
    var queries = 0;
    for (var query = 0; query < units.length; query++) {
      var relevant = others(labels, query);
      if (relevant > 0) {
        add(sum, nearest(units, query, relevant), labels, query);
        queries++;
      }
    }
    if (queries == 0) {
      throw new IllegalArgumentException("no class has two images");
    }
    return new Retrieval(sum[0] / queries, sum[1] / queries, sum[2] / queries, queries);
  }

  private static int others(int[] labels, int query) {
    return (int) IntStream.of(labels).filter(label -> label == labels[query]).count() - 1;
  }

  /** The nearest other images, nearest first; of equal ones, the first comes first. */
  private static int[] nearest(double[][] units, int query, int count) {
    var cosines = new double[units.length];
    for (var i = 0; i < cosines.length; i++) {
      cosines[i] = Vectors.dot(units[query], units[i]);
    }
    return IntStream.range(0, cosines.length)
        .filter(i -> i != query)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
        .limit(count)
        .mapToInt(i -> i)
        .toArray();
  }

  private static void add(double[] sum, int[] nearest, int[] labels, int query) {
    var found = 0;
    var precision = 0.0;
    for (var rank = 0; rank < nearest.length; rank++) {
      if (labels[nearest[rank]] == labels[query]) {
        found++;
        precision += found / (rank + 1.0);
      }
    }
    sum[0] += labels[nearest[0]] == labels[query] ? 1 : 0;
    sum[1] += (double) found / nearest.length;
    sum[2] += precision / nearest.length;
  }
}
