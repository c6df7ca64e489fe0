package org.openmargin.scoring.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.openmargin.scoring.UnknownScores;

/**
 * Every decision that a threshold on the unknown score can make: entry i counts what is accepted up
 * to {@code scores[i]}, the i-th smallest distinct score. Equal scores are accepted together, which
 * makes every metric exact on ties. Metrics are single passes over a sweep: the scores are sorted
 * once, in O(n log n).
 */
@SuppressWarnings("ArrayRecordComponent") // private to the metrics, never compared
record Sweep(double[] scores, int[] known, int[] correct, int[] unknown) {

  static Sweep of(double[] knownScores, double[] unknownScores, boolean[] correct) {
    if (knownScores.length == 0 || unknownScores.length == 0) {
      throw new IllegalArgumentException(
          "open-set metrics need known and unknown images; got %d known and %d unknown"
              .formatted(knownScores.length, unknownScores.length));
    }
    return any(knownScores, unknownScores, correct);
  }

  /** For metrics of known images; unknown ones may be missing. */
  static Sweep ofKnownAtLeast(UnknownScores scores) {
    if (scores.known().length == 0) {
      throw new IllegalArgumentException("metrics need known images; got none");
    }
    return any(scores.known(), scores.unknown(), scores.correct());
  }

  private static Sweep any(double[] knownScores, double[] unknownScores, boolean[] correct) {
    if (correct.length != knownScores.length) {
      throw new IllegalArgumentException(
          "there must be one correct flag per known score; got %d flags for %d scores"
              .formatted(correct.length, knownScores.length));
    }
    requireNumbers("known", knownScores);
    requireNumbers("unknown", unknownScores);
    return merge(
        sorted(where(true, correct, knownScores)),
        sorted(where(false, correct, knownScores)),
        sorted(unknownScores.clone()));
  }

  /** For metrics that ignore which images are classified correctly. */
  static Sweep of(double[] knownScores, double[] unknownScores) {
    return of(knownScores, unknownScores, new boolean[knownScores.length]);
  }

  static Sweep of(UnknownScores scores) {
    return of(scores.known(), scores.unknown(), scores.correct());
  }

  /** Number of distinct scores. */
  int size() {
    return scores.length;
  }

  int knownImages() {
    return known[known.length - 1];
  }

  int correctImages() {
    return correct[correct.length - 1];
  }

  int unknownImages() {
    return unknown[unknown.length - 1];
  }

  /** Images below the i-th score. */
  static int below(int[] counts, int i) {
    return i == 0 ? 0 : counts[i - 1];
  }

  /** Images at the i-th score itself. */
  static int at(int[] counts, int i) {
    return counts[i] - below(counts, i);
  }

  /**
   * Mean over (known, unknown) pairs of {@code 1[k < u] + 0.5 1[k = u]}, where a known image counts
   * only if {@code counted} includes it. Half pairs are counted in integers: nothing is rounded
   * before the one division.
   */
  double shareOfPairs(int[] counted) {
    long halfPairs = 0;
    for (var i = 0; i < size(); i++) {
      halfPairs += at(unknown, i) * ((long) below(counted, i) + counted[i]);
    }
    return halfPairs / (2.0 * knownImages() * unknownImages());
  }

  private static Sweep merge(double[] right, double[] wrong, double[] unknown) {
    var images = right.length + wrong.length + unknown.length;
    var all = new Sweep(new double[images], new int[images], new int[images], new int[images]);
    var r = 0;
    var w = 0;
    var u = 0;
    var size = 0;
    while (r + w + u < images) {
      var score = Math.min(Math.min(next(right, r), next(wrong, w)), next(unknown, u));
      r = after(score, right, r);
      w = after(score, wrong, w);
      u = after(score, unknown, u);
      all.scores[size] = score;
      all.known[size] = r + w;
      all.correct[size] = r;
      all.unknown[size++] = u;
    }
    return all.first(size);
  }

  private static double next(double[] sorted, int i) {
    return i < sorted.length ? sorted[i] : Double.POSITIVE_INFINITY;
  }

  private static int after(double score, double[] sorted, int from) {
    var i = from;
    while (i < sorted.length && sorted[i] == score) {
      i++;
    }
    return i;
  }

  private Sweep first(int size) {
    return size == scores.length
        ? this
        : new Sweep(
            Arrays.copyOf(scores, size),
            Arrays.copyOf(known, size),
            Arrays.copyOf(correct, size),
            Arrays.copyOf(unknown, size));
  }

  private static double[] where(boolean wanted, boolean[] correct, double[] scores) {
    return IntStream.range(0, scores.length)
        .filter(i -> correct[i] == wanted)
        .mapToDouble(i -> scores[i])
        .toArray();
  }

  /** Sorts in place; adding 0 turns -0.0 into 0.0, which sorting would otherwise keep apart. */
  private static double[] sorted(double[] scores) {
    for (var i = 0; i < scores.length; i++) {
      scores[i] += 0.0;
    }
    Arrays.parallelSort(scores);
    return scores;
  }

  private static void requireNumbers(String side, double[] scores) {
    for (var i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("the %s score %d is NaN".formatted(side, i));
      }
    }
  }
}
