package org.openmargin.scoring.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.scorer.Scorer;

/**
 * Split conformal calibration of the acceptance threshold on known validation images.
 *
 * <p>With n unknown scores sorted upwards and {@code k = ceil((n+1)(1-alpha))}, accepting scores up
 * to the k-th smallest, q_k, rejects a new exchangeable known image with probability at most alpha.
 * Any threshold in [q_k, next larger score) accepts the same validation images and at least as many
 * new ones, so the guarantee holds for all of them. Scores are compared as floats, because an
 * exported model returns floats. The stored threshold is the midpoint as a float, so a last-digit
 * difference between this code and an exported graph flips no validation image. If no score is
 * larger, it is q_k plus 1e-6 * max(1, |q_k|).
 *
 * <p>Source: Papadopoulos et al., "Inductive Confidence Machines for Regression", ECML 2002; Lei et
 * al., "Distribution-Free Predictive Inference for Regression", JASA 2018, theorem 2.2; as p-values
 * of outliers: Bates et al., "Testing for Outliers with Conformal p-values", Annals of Statistics
 * 2023.
 */
public final class ConformalCalibration {
  private static final double MARGIN = 1e-6;

  private ConformalCalibration() {}

  /**
   * Thresholds of one scorer for several alphas; an alpha that needs more validation images than
   * given is listed as unattainable.
   *
   * @param validation predictions of known validation images only
   */
  public static Calibration calibrate(Scorer scorer, Predictions validation, List<Double> alphas) {
    for (int row = 0; row < validation.size(); row++) {
      if (!validation.truth().isKnown(row)) {
        throw new IllegalArgumentException(
            "calibration uses known validation images only; row %d (id '%s') is of an unknown class"
                .formatted(row, validation.truth().ids().get(row)));
      }
    }
    var used = scorer.calibrating(validation);
    var predicted = new int[used.size()];
    Arrays.setAll(predicted, used::predictedClass);
    var classes = validation.head().knownClasses();
    return of(scorer.name(), scorer.unknownScores(used), counts(predicted, classes), alphas);
  }

  /**
   * As {@link #calibrate}, from scores.
   *
   * @param scores of known images, finite
   * @param predicted see {@link Calibration#predicted}
   */
  public static Calibration of(
      String scorer, double[] scores, List<Integer> predicted, List<Double> alphas) {
    var thresholds = new ArrayList<AcceptanceThreshold>();
    var unattainable = new ArrayList<Double>();
    for (double alpha : alphas) {
      attainable(scores, alpha).ifPresentOrElse(thresholds::add, () -> unattainable.add(alpha));
    }
    return new Calibration(scorer, limits(scores), thresholds, unattainable, predicted);
  }

  /** How many rows each class is predicted for. */
  public static List<Integer> counts(int[] predicted, int classes) {
    var counts = new Integer[classes];
    Arrays.fill(counts, 0);
    for (var c : predicted) {
      counts[c]++;
    }
    return List.of(counts);
  }

  /**
   * How far up each score's threshold reaches, ascending: to the midpoint to the next larger score.
   */
  static List<Double> limits(double[] validationScores) {
    var sorted = floats(validationScores);
    var limits = new Double[sorted.length];
    // Downwards: of equal scores, of which there may be many, only the last looks for the next.
    for (int row = sorted.length - 1; row >= 0; row--) {
      var last = row + 1 == sorted.length || sorted[row + 1] > sorted[row];
      limits[row] = last ? limit(sorted, row) : limits[row + 1];
    }
    return List.of(limits);
  }

  private static double limit(double[] sorted, int row) {
    int next = nextLarger(sorted, row);
    return next < sorted.length ? between(sorted[row], sorted[next]) : above(sorted[row]);
  }

  private static int nextLarger(double[] sorted, int row) {
    int next = row + 1;
    while (next < sorted.length && sorted[next] == sorted[row]) {
      next++;
    }
    return next;
  }

  private static double[] floats(double[] scores) {
    return Arrays.stream(scores).map(score -> (float) score).sorted().toArray();
  }

  /**
   * @param validationScores unknown scores of known validation images, finite, in any order
   * @param alpha in (0, 1)
   * @throws IllegalArgumentException if there are fewer than 1/alpha - 1 scores, because then no
   *     rejection can carry that guarantee
   */
  public static AcceptanceThreshold threshold(double[] validationScores, double alpha) {
    int n = validationScores.length;
    int k = rank(n, alpha);
    if (k > n) {
      throw tooFewImages(alpha, n);
    }
    var sorted = floats(validationScores);
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[n - 1])) {
      throw new IllegalArgumentException("validation scores must be finite");
    }
    int accepted = nextLarger(sorted, k - 1);
    return new AcceptanceThreshold(
        alpha, limit(sorted, k - 1), n, (n + 1.0 - k) / (n + 1.0), (double) (n - accepted) / n);
  }

  /** As {@link #threshold}; empty if there are too few scores for this alpha. */
  public static Optional<AcceptanceThreshold> attainable(double[] validationScores, double alpha) {
    int n = validationScores.length;
    return rank(n, alpha) > n ? Optional.empty() : Optional.of(threshold(validationScores, alpha));
  }

  static IllegalArgumentException tooFewImages(double alpha, int n) {
    return new IllegalArgumentException(
        "alpha %s needs at least %s known validation images; there are %d"
            .formatted(alpha, leastImages(alpha), n));
  }

  /** Fewest validation images that a threshold for alpha needs: 1/alpha - 1, rounded up. */
  public static int leastImages(double alpha) {
    return BigDecimal.ONE
        .divide(BigDecimal.valueOf(alpha), 0, RoundingMode.CEILING)
        .subtract(BigDecimal.ONE)
        .intValueExact();
  }

  /** k = ceil((n+1)(1-alpha)), in decimal, because 100 * (1 - 0.05) must be 95, not 96. */
  private static int rank(int n, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be between 0 and 1, exclusive; got " + alpha);
    }
    return BigDecimal.ONE
        .subtract(BigDecimal.valueOf(alpha))
        .multiply(BigDecimal.valueOf(n + 1L))
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }

  /** The midpoint of two floats, as a float; the lower one if there is none between them. */
  private static double between(double low, double high) {
    float middle = (float) (low + (high - low) / 2);
    return middle < high ? middle : low;
  }

  private static double above(double largest) {
    return (float) (largest + MARGIN * Math.max(1, Math.abs(largest)));
  }
}
