package org.openmargin.scoring.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a scorer's unknown scores into a common scale: {@code -log p}, where p is the share of
 * known images whose score is at least as high. It is read off at a few quantiles of reference
 * scores, is linear in between, and goes on with the slope of the last two pieces beyond the
 * highest quantile, so that it stays strictly increasing however foreign an image is.
 *
 * <p>Reference images must not set a threshold on this scale, too.
 *
 * @param scores quantiles of the reference scores, strictly increasing, at least two
 * @param surprise -log p at these
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record TailScale(double[] scores, double[] surprise) {
  /** With fewer reference images the 5 % tail is not seen at all. */
  public static final int LEAST_REFERENCE = 20;

  private static final List<Double> SHARES = List.of(0.5, 0.25, 0.1, 0.05, 0.025, 0.01);

  /**
   * @param reference unknown scores of known images, finite, in any order
   * @throws IllegalArgumentException if there are fewer than {@value #LEAST_REFERENCE}
   */
  public static TailScale fit(double[] reference) {
    if (reference.length < LEAST_REFERENCE) {
      throw new IllegalArgumentException(
          "scores are combined on the scale of at least %d known validation images; there are %d"
              .formatted(LEAST_REFERENCE, reference.length));
    }
    var sorted = reference.clone();
    Arrays.sort(sorted);
    var scores = new ArrayList<Double>();
    var surprise = new ArrayList<Double>();
    for (double share : SHARES) {
      double score = quantile(sorted, 1 - share);
      boolean higher = scores.isEmpty() || score > scores.get(scores.size() - 1);
      if (higher && share * sorted.length >= 1) {
        scores.add(score);
        surprise.add(-Math.log(share));
      }
    }
    if (scores.size() < 2) {
      // All alike: any higher score is as surprising as one image in all of them.
      double low = scores.get(0);
      scores.add(low + Math.max(Math.ulp(low) * 16, 1e-6 * Math.abs(low)) + Double.MIN_NORMAL);
      surprise.add(Math.log(sorted.length + 1.0));
    }
    return new TailScale(doubles(scores), doubles(surprise));
  }

  /** -log p of a score; below the lowest quantile, too, on the line of the first piece. */
  public double of(double score) {
    int last = scores.length - 1;
    int piece = 0;
    while (piece < last - 1 && score > scores[piece + 1]) {
      piece++;
    }
    if (score > scores[last]) {
      return surprise[last] + (score - scores[last]) * tailSlope();
    }
    return surprise[piece] + (score - scores[piece]) * slope(piece, piece + 1);
  }

  /** Slope beyond the highest quantile: that of the last two pieces together. */
  public double tailSlope() {
    int last = scores.length - 1;
    return slope(Math.max(0, last - 2), last);
  }

  /** Slope between two of the quantiles. */
  public double slope(int from, int to) {
    return (surprise[to] - surprise[from]) / (scores[to] - scores[from]);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
