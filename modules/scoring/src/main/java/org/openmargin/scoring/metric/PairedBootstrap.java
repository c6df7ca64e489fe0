package org.openmargin.scoring.metric;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openmargin.scoring.UnknownScores;

/**
 * Differences between two scores, or two models, on the same test images: each resample draws the
 * same images for both, so what both find hard cancels out. An interval that holds 0 is no proof of
 * a difference; nothing is said about other training runs.
 *
 * <p>Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; percentile
 * intervals of the paired differences, stratified as in {@link Bootstrap}.
 *
 * @param settings resamples, seed and confidence
 */
public record PairedBootstrap(Bootstrap settings) {

  /**
   * One metric.
   *
   * @param difference second minus first, on all images
   * @param interval of it
   */
  public record Difference(double difference, Interval interval) {

    /** Whether the interval leaves 0 out. */
    public boolean isCertain() {
      return interval.low() > 0 || interval.high() < 0;
    }
  }

  /** Of accuracy on known images, AUROC and OSCR. */
  public record Differences(Difference acc, Difference auroc, Difference oscr) {}

  /**
   * @param first image i of it is image i of {@code second}, known ones and unknown ones each
   * @throws IllegalArgumentException if they have different numbers of images, or none
   */
  public Differences of(UnknownScores first, UnknownScores second) {
    if (first.known().length != second.known().length
        || first.unknown().length != second.unknown().length) {
      throw new IllegalArgumentException(
          "paired scores must be of the same images: %d and %d known, %d and %d unknown"
              .formatted(
                  first.known().length,
                  second.known().length,
                  first.unknown().length,
                  second.unknown().length));
    }
    var seeds = new SplittableRandom(settings.seed()).longs(settings.resamples()).toArray();
    var values = new double[3][seeds.length];
    IntStream.range(0, seeds.length)
        .parallel()
        .forEach(
            b -> {
              var random = new SplittableRandom(seeds[b]);
              var known = drawn(first.known().length, random);
              var unknown = drawn(first.unknown().length, random);
              var one = Measured.of(picked(first, known, unknown));
              var other = Measured.of(picked(second, known, unknown));
              values[0][b] = other.acc() - one.acc();
              values[1][b] = other.auroc() - one.auroc();
              values[2][b] = other.oscr() - one.oscr();
            });
    var one = Measured.of(first);
    var other = Measured.of(second);
    return new Differences(
        difference(other.acc() - one.acc(), values[0]),
        difference(other.auroc() - one.auroc(), values[1]),
        difference(other.oscr() - one.oscr(), values[2]));
  }

  private Difference difference(double value, double[] resampled) {
    return new Difference(value, Interval.percentile(resampled, settings.confidence()));
  }

  private static int[] drawn(int count, SplittableRandom random) {
    return IntStream.range(0, count).map(i -> random.nextInt(count)).toArray();
  }

  private static UnknownScores picked(UnknownScores scores, int[] known, int[] unknown) {
    var correct = new boolean[known.length];
    IntStream.range(0, known.length).forEach(i -> correct[i] = scores.correct()[known[i]]);
    return new UnknownScores(
        IntStream.of(known).mapToDouble(i -> scores.known()[i]).toArray(),
        IntStream.of(unknown).mapToDouble(i -> scores.unknown()[i]).toArray(),
        correct);
  }

  private record Measured(double acc, double auroc, double oscr) {
    static Measured of(UnknownScores scores) {
      var sweep = Sweep.of(scores);
      return new Measured(
          (double) sweep.correctImages() / sweep.knownImages(),
          sweep.shareOfPairs(sweep.known()),
          sweep.shareOfPairs(sweep.correct()));
    }
  }
}
