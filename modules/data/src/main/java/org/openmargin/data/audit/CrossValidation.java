package org.openmargin.data.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.openmargin.data.SplitMix;

/**
 * How well classes can be told from some facts alone: cross-validated in five parts, and compared
 * with the same on permuted labels. Rows of one unit, such as a patient, stay together.
 *
 * @param labels class of each row
 * @param units number of each row's unit, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, read-only, never compared
record CrossValidation(int[][] columns, int[] labels, int[] units, int classes) {
  private static final int FOLDS = 5;
  private static final int FEW_ROWS = 1000;
  private static final int PERMUTATIONS_OF_FEW = 999;
  private static final int PERMUTATIONS = 199;
  private static final double NORMAL_975 = 1.959963984540054;
  private static final long SEED = 1;

  /**
   * The result.
   *
   * @param accuracy balanced: the mean over classes of the share that is told right
   * @param low of its 95 % interval, from the binomial variance of each class
   * @param high of its 95 % interval
   * @param p share of permutations, and this one, with at least this accuracy
   */
  record Outcome(double accuracy, double low, double high, double p) {}

  Outcome outcome() {
    var fold = folds();
    var right = right(labels, fold);
    var accuracy = accuracy(labels, right);
    var variance = 0.0;
    for (var label = 0; label < classes; label++) {
      var share = share(labels, right, label);
      variance += share * (1 - share) / count(labels, label) / classes / classes;
    }
    var least = 1;
    var random = new SplitMix(SEED);
    var permutations = labels.length <= FEW_ROWS ? PERMUTATIONS_OF_FEW : PERMUTATIONS;
    for (var i = 0; i < permutations; i++) {
      var permuted = permuted(random);
      least += accuracy(permuted, right(permuted, fold)) >= accuracy ? 1 : 0;
    }
    var half = NORMAL_975 * Math.sqrt(variance);
    return new Outcome(
        accuracy,
        Math.max(0, accuracy - half),
        Math.min(1, accuracy + half),
        least / (permutations + 1.0));
  }

  /** The part of each row: units are dealt out in random order. */
  private int[] folds() {
    var order = shuffled(1 + Arrays.stream(units).max().orElse(0), new SplitMix(SEED));
    return Arrays.stream(units).map(unit -> order[unit] % FOLDS).toArray();
  }

  private boolean[] right(int[] truth, int[] fold) {
    var right = new boolean[truth.length];
    for (var part = 0; part < FOLDS; part++) {
      var tested = part;
      var training = IntStream.range(0, truth.length).filter(r -> fold[r] != tested).toArray();
      var tree = new FactTree(columns, truth, classes).fit(training);
      for (var row = 0; row < truth.length; row++) {
        if (fold[row] == tested) {
          right[row] = tree.label(row) == truth[row];
        }
      }
    }
    return right;
  }

  private double accuracy(int[] truth, boolean[] right) {
    return IntStream.range(0, classes).mapToDouble(c -> share(truth, right, c)).average().orElse(0);
  }

  private static double share(int[] truth, boolean[] right, int label) {
    var hits =
        IntStream.range(0, truth.length).filter(row -> truth[row] == label && right[row]).count();
    return (double) hits / Math.max(1, count(truth, label));
  }

  private static long count(int[] truth, int label) {
    return Arrays.stream(truth).filter(l -> l == label).count();
  }

  /** Labels exchanged between units, or between rows if a unit has several labels. */
  private int[] permuted(SplitMix random) {
    var first = new int[1 + Arrays.stream(units).max().orElse(0)];
    Arrays.fill(first, -1);
    var pure = true;
    for (var row = 0; row < labels.length; row++) {
      pure &= first[units[row]] < 0 || first[units[row]] == labels[row];
      first[units[row]] = labels[row];
    }
    var from = pure ? first : labels;
    var order = shuffled(from.length, random);
    var whole = pure;
    return IntStream.range(0, labels.length)
        .map(row -> from[order[whole ? units[row] : row]])
        .toArray();
  }

  private static int[] shuffled(int count, SplitMix random) {
    var order = IntStream.range(0, count).toArray();
    for (var i = count - 1; i > 0; i--) {
      var j = random.nextInt(i + 1);
      var kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
