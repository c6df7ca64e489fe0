package org.openmargin.map;

import java.util.Arrays;
import java.util.Random;

/**
 * Exact t-SNE (van der Maaten and Hinton, "Visualizing data using t-SNE", JMLR 2008): two
 * coordinates per point such that near points stay near. Every pair counts; nothing is
 * approximated, so time and memory go with the square of the number of points.
 *
 * <p>With today's usual settings: the start is the PCA with a deviation of 1e-4 along the first
 * component (Kobak and Berens 2019), affinities are exaggerated 12 times and the momentum is 0.5
 * for the first quarter of the iterations, then 1 and 0.8; the rate is n / 48, at least 50 (Belkina
 * et al. 2019). The seed moves each start by up to one hundredth of that deviation, so that
 * duplicates separate. Equal points and seed give equal bits, however many threads there are.
 *
 * @param perplexity how many neighbours count, about; 2 to (n - 1) / 3, rounded down to tenths
 * @param seed of the start
 * @param iterations steps
 */
public record Tsne(double perplexity, long seed, int iterations) {
  /** Fewer are too few neighbours for a map. */
  public static final double SMALLEST_PERPLEXITY = 2;

  /** What most papers use. */
  public static final double USUAL_PERPLEXITY = 30;

  /** The usual number of steps. */
  public static final int USUAL_ITERATIONS = 1000;

  private static final double EXAGGERATION = 12;
  private static final double START_DEVIATION = 1e-4;

  /** Checks the settings; {@link IllegalArgumentException} says what is wrong. */
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
   * A map.
   *
   * @param positions [n][2], centred
   * @param klDivergence {@code KL(P || Q)} of the map, in nats
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
  public record Result(double[][] positions, double klDivergence) {}

  /** The largest perplexity for a number of points, in tenths; below 2 they are too few. */
  public static double largestPerplexity(int points) {
    return Math.floor(10 * (points - 1) / 3.0) / 10;
  }

  /**
   * Maps points.
   *
   * @param points [n][d], d at least 2; not changed
   * @throws IllegalArgumentException if there are too few for the perplexity; names the largest
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
    // The algorithm of java.util.Random is part of its specification: equal on every JDK.
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
