package org.openmargin.map;

import java.util.Arrays;
import java.util.Random;

/**
 * Exact t-SNE (van der Maaten and Hinton, "Visualizing data using t-SNE", JMLR 2008): two
 * coordinates per point that keep near points near. All pairs are computed without approximation,
 * so time and memory grow with the square of the number of points.
 *
 * <p>With today's usual settings: the start is the PCA with a standard deviation of 1e-4 along the
 * first component (Kobak and Berens 2019); for the first quarter of the iterations exaggeration is
 * 12 and momentum 0.5, then 1 and 0.8; the learning rate is n / 48, at least 50 (Belkina et al.
 * 2019). The seed moves each start by up to one hundredth of that deviation to separate duplicates.
 * Equal points and seed give equal bits, whatever the number of threads.
 *
 * @param perplexity about how many neighbours count; 2 to (n - 1) / 3, rounded down to tenths
 * @param seed of the start
 */
public record Tsne(double perplexity, long seed, int iterations) {
  /** Fewer neighbours make no map. */
  public static final double SMALLEST_PERPLEXITY = 2;

  /** As in most papers. */
  public static final double USUAL_PERPLEXITY = 30;

  public static final int USUAL_ITERATIONS = 1000;

  private static final double EXAGGERATION = 12;
  private static final double START_DEVIATION = 1e-4;

  /** Throws {@link IllegalArgumentException} for settings out of range. */
  public Tsne {
    if (!(perplexity >= SMALLEST_PERPLEXITY && perplexity < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a perplexity of %s: it must be at least %s".formatted(perplexity, SMALLEST_PERPLEXITY));
    }
    if (iterations < 1) {
      throw new IllegalArgumentException(iterations + " iterations: there must be at least 1");
    }
  }

  /**
   * @param positions [n][2], centred
   * @param klDivergence {@code KL(P || Q)} of the map, in nats
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
  public record Result(double[][] positions, double klDivergence) {}

  /** Largest perplexity for a number of points, in steps of 0.1; below 2, too few points. */
  public static double largestPerplexity(int points) {
    return Math.floor(10 * (points - 1) / 3.0) / 10;
  }

  /**
   * @param points [n][d], d at least 2; not changed
   * @throws IllegalArgumentException if there are too few for the perplexity; the message names the
   *     largest
   */
  public Result map(double[][] points) {
    if (perplexity > largestPerplexity(points.length)) {
      throw new IllegalArgumentException(
          "a perplexity of %s needs at least %d points; with %d points it can be at most %s"
              .formatted(
                  perplexity,
                  (int) Math.ceil(3 * perplexity + 1),
                  points.length,
                  largestPerplexity(points.length)));
    }
    var descent = new KlDescent(Affinities.joint(points, perplexity), start(points));
    var rate = Math.max(50, points.length / EXAGGERATION / 4);
    for (var i = 0; i < iterations; i++) {
      var early = i < iterations / 4;
      descent.step(early ? EXAGGERATION : 1, early ? 0.5 : 0.8, rate);
    }
    return new Result(descent.positions(), descent.klDivergence());
  }

  /** [n][2] */
  double[][] start(double[][] points) {
    var pca = Pca.fit(points, 2);
    var scale = pca.variances()[0] > 0 ? START_DEVIATION / Math.sqrt(pca.variances()[0]) : 0;
    // java.util.Random's algorithm is part of its specification: the same on every JDK.
    var random = new Random(seed);
    return Arrays.stream(points)
        .map(pca::project)
        .map(p -> new double[] {p[0] * scale + jitter(random), p[1] * scale + jitter(random)})
        .toArray(double[][]::new);
  }

  private static double jitter(Random random) {
    return (2 * random.nextDouble() - 1) * START_DEVIATION / 100;
  }
}
