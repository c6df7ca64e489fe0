package org.openmargin.scoring;

import java.util.Arrays;

/**
 * Every decision that a threshold on the unknown score can make: entry i counts what is accepted
 * when everything up to the i-th smallest distinct score is accepted. Equal scores are accepted
 * together, which is what makes every metric exact on ties.
 */
@SuppressWarnings("ArrayRecordComponent") // private to the metrics, never compared
record Sweep(int[] known, int[] correct, int[] unknown) {

  static Sweep of(double[] knownScores, double[] unknownScores, boolean[] correct) {
    if (knownScores.length == 0 || unknownScores.length == 0) {
      throw new IllegalArgumentException(
          "open-set metrics need known and unknown images; got %d known and %d unknown"
              .formatted(knownScores.length, unknownScores.length));
    }
    if (correct.length != knownScores.length) {
      throw new IllegalArgumentException(
          "there must be one correct flag per known score; got %d flags for %d scores"
              .formatted(correct.length, knownScores.length));
    }
    double[] right = comparable("known", whereCorrect(knownScores, correct));
    double[] known = comparable("known", knownScores);
    double[] unknown = comparable("unknown", unknownScores);
    return count(distinct(known, unknown), known, right, unknown);
  }

  static Sweep of(double[] knownScores, double[] unknownScores) {
    boolean[] all = new boolean[knownScores.length];
    Arrays.fill(all, true);
    return of(knownScores, unknownScores, all);
  }

  /** Number of distinct scores. */
  int size() {
    return known.length;
  }

  int knownImages() {
    return known[known.length - 1];
  }

  int unknownImages() {
    return unknown[unknown.length - 1];
  }

  private static Sweep count(double[] scores, double[] known, double[] right, double[] unknown) {
    return new Sweep(
        countsUpTo(scores, known), countsUpTo(scores, right), countsUpTo(scores, unknown));
  }

  private static int[] countsUpTo(double[] scores, double[] sorted) {
    int[] counts = new int[scores.length];
    int counted = 0;
    for (int i = 0; i < scores.length; i++) {
      while (counted < sorted.length && sorted[counted] <= scores[i]) {
        counted++;
      }
      counts[i] = counted;
    }
    return counts;
  }

  private static double[] distinct(double[] known, double[] unknown) {
    double[] all = Arrays.copyOf(known, known.length + unknown.length);
    System.arraycopy(unknown, 0, all, known.length, unknown.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  private static double[] whereCorrect(double[] scores, boolean[] correct) {
    double[] kept = new double[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (correct[i]) {
        kept[count++] = scores[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Sorted copy; adding 0 turns -0.0 into 0.0, which sorting would otherwise keep apart. */
  private static double[] comparable(String side, double[] scores) {
    double[] sorted = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("the %s score %d is NaN".formatted(side, i));
      }
      sorted[i] = scores[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
