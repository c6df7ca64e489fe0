package org.openmargin.data.audit;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A small decision tree (CART: Breiman, Friedman, Olshen and Stone, 1984) in which every class
 * weighs the same, however many rows it has: it maximises the balanced accuracy.
 */
final class FactTree {
  private static final int BINS = 32;
  private static final int DEPTH = 5;
  private static final int LEAST_ROWS = 5;

  private final int[][] columns;
  private final int[] labels;
  private final double[] weights;

  /** What a row is asked: whether the column's value is at most the limit. */
  private record Question(int column, int limit, double impurity) {}

  /** A tree that answers a class for a row. */
  interface Answer {
    int label(int row);
  }

  /**
   * @param columns values from 0 to 31, one array per column
   * @param labels from 0 to {@code classes - 1}
   */
  FactTree(int[][] columns, int[] labels, int classes) {
    this.columns = columns;
    this.labels = labels;
    this.weights = new double[classes];
  }

  /** Fits the tree to some of the rows. */
  Answer fit(int[] rows) {
    var counts = new int[weights.length];
    for (var row : rows) {
      counts[labels[row]]++;
    }
    for (var label = 0; label < counts.length; label++) {
      weights[label] = counts[label] == 0 ? 0 : 1.0 / counts[label];
    }
    return grow(rows, DEPTH);
  }

  private Answer grow(int[] rows, int depth) {
    var sums = new double[weights.length];
    for (var row : rows) {
      sums[labels[row]] += weights[labels[row]];
    }
    var likeliest = IntStream.range(0, sums.length).reduce(0, (a, b) -> sums[b] > sums[a] ? b : a);
    var best = depth == 0 ? new Question(-1, 0, 0) : best(rows, impurity(sums));
    if (best.column() < 0) {
      return row -> likeliest;
    }
    var column = columns[best.column()];
    var low = grow(Arrays.stream(rows).filter(r -> column[r] <= best.limit()).toArray(), depth - 1);
    var high = grow(Arrays.stream(rows).filter(r -> column[r] > best.limit()).toArray(), depth - 1);
    return row -> (column[row] <= best.limit() ? low : high).label(row);
  }

  /** The question with the least impurity of both sides; column -1 if none is better. */
  private Question best(int[] rows, double impurity) {
    var best = new Question(-1, 0, impurity * (1 - 1e-9));
    for (var column = 0; column < columns.length; column++) {
      var sums = new double[BINS][weights.length];
      var counts = new int[BINS];
      var values = columns[column];
      for (var row : rows) {
        sums[values[row]][labels[row]] += weights[labels[row]];
        counts[values[row]]++;
      }
      best = better(best, column, sums, counts);
    }
    return best;
  }

  private static Question better(Question before, int column, double[][] sums, int[] counts) {
    var best = before;
    var classes = sums[0].length;
    var low = new double[classes];
    var high = new double[classes];
    for (var bin : sums) {
      for (var label = 0; label < classes; label++) {
        high[label] += bin[label];
      }
    }
    var below = 0;
    var all = Arrays.stream(counts).sum();
    for (var limit = 0; limit < BINS - 1; limit++) {
      for (var label = 0; label < classes; label++) {
        low[label] += sums[limit][label];
        high[label] -= sums[limit][label];
      }
      below += counts[limit];
      if (counts[limit] > 0 && below >= LEAST_ROWS && all - below >= LEAST_ROWS) {
        var impurity = impurity(low) + impurity(high);
        best = impurity < best.impurity() ? new Question(column, limit, impurity) : best;
      }
    }
    return best;
  }

  /** Gini's, times the weight: W - sum of w^2 / W. */
  private static double impurity(double[] sums) {
    var weight = 0.0;
    var squares = 0.0;
    for (var sum : sums) {
      weight += sum;
      squares += sum * sum;
    }
    return weight > 0 ? weight - squares / weight : 0;
  }
}
