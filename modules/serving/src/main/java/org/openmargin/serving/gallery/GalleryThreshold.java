package org.openmargin.serving.gallery;

import java.util.Arrays;

/**
 * Images are accepted if their similarity is at least {@code threshold}. It is a float, as in the
 * exported graph.
 *
 * @param method how it was found, in words
 * @param scores number of scores that it was found from; 0 if it was given
 * @param target the rate that was asked for; 0 if the threshold was given
 * @param bound the rate is at most this for one more image of the same kind; 1 if nothing is
 *     promised
 */
public record GalleryThreshold(
    float threshold, String method, int scores, double target, double bound) {
  /** A threshold keeps this distance from the score that decides it, or half that to the next. */
  private static final double MARGIN = 1e-4;

  public GalleryThreshold {
    if (!Float.isFinite(threshold)) {
      throw new IllegalArgumentException("a threshold must be finite; got " + threshold);
    }
  }

  /** Never for a similarity that is not a number. */
  public boolean accepts(double similarity) {
    return (float) similarity >= threshold;
  }

  /** Above a score but below the next larger one. */
  static float above(double[] ascending, double score) {
    var next = Arrays.stream(ascending).filter(x -> x > score).findFirst().orElse(score + 1);
    return between((float) (score + Math.min(MARGIN, (next - score) / 2)), (float) score, true);
  }

  /** Below a score but above the next smaller one. */
  static float below(double[] ascending, double score) {
    var next = Arrays.stream(ascending).filter(x -> x < score).max().orElse(score - 1);
    return between((float) (score - Math.min(MARGIN, (score - next) / 2)), (float) score, false);
  }

  private static float between(float wanted, float score, boolean above) {
    if (above) {
      return Math.max(wanted, Math.nextUp(score));
    }
    return Math.min(wanted, score);
  }
}
