package org.openmargin.scoring.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The largest threshold that accepts few enough impostors: images of none of the known classes.
 *
 * <p>With m impostor scores sorted upwards and {@code k = floor(share (m + 1))}, accepting only
 * scores below the k-th smallest accepts one more exchangeable impostor with probability at most
 * {@code k / (m + 1) <= share}: its rank among m + 1 is uniform. Among the thresholds that do so,
 * the largest is taken that {@link Calibration} has for a known image, so that p-values and
 * thresholds decide alike; it accepts the same known images, or one less.
 */
public final class ImpostorThreshold {
  private ImpostorThreshold() {}

  /**
   * @param known scores of known images
   * @param impostors scores of impostors, finite
   * @param share in (0, 1)
   * @return its alpha is its bound, a multiple of 1/(n + 1)
   * @throws IllegalArgumentException if there are too few impostors, or no threshold accepts known
   *     images without accepting too many of them
   */
  public static AcceptanceThreshold of(double[] known, double[] impostors, double share) {
    var limits = ConformalCalibration.limits(known);
    var least = leastAccepted(impostors, share);
    var accepted = (int) limits.stream().filter(limit -> limit < least).count();
    var n = known.length;
    if (accepted == 0) {
      throw new IllegalArgumentException(
          "at most a share of %s of the impostors can be accepted only by a threshold below %s, which rejects all %d known images"
              .formatted(share, least, n));
    }
    var bound = (n + 1.0 - accepted) / (n + 1.0);
    return new AcceptanceThreshold(
        bound, limits.get(accepted - 1), n, bound, (double) (n - accepted) / n);
  }

  /** The score of the first impostor that must not be accepted. */
  private static double leastAccepted(double[] impostors, double share) {
    var m = impostors.length;
    var k = rank(m, share);
    if (k < 1) {
      throw new IllegalArgumentException(
          "a share of %s of accepted impostors needs at least %s impostors; there are %d"
              .formatted(share, ConformalCalibration.leastImages(share), m));
    }
    var sorted = Arrays.stream(impostors).map(score -> (float) score).sorted().toArray();
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[m - 1])) {
      throw new IllegalArgumentException("scores of impostors must be finite");
    }
    return sorted[k - 1];
  }

  /** Guaranteed share of accepted impostors: k / (m + 1). */
  public static double bound(int impostors, double share) {
    return rank(impostors, share) / (impostors + 1.0);
  }

  /** k = floor(share (m + 1)), in decimal. */
  private static int rank(int m, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share of accepted impostors must be between 0 and 1, exclusive; got " + share);
    }
    return BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(m + 1L))
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }
}
