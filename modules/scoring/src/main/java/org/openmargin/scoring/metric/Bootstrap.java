package org.openmargin.scoring.metric;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openmargin.scoring.UnknownScores;

/**
 * Confidence intervals within one trial by the percentile bootstrap: how far the metrics would move
 * with other test images of the same kind. They say nothing about other training runs, class splits
 * or hospitals.
 *
 * <p>Each resample draws, with replacement, as many known and as many unknown images as there are
 * (stratified, so that both are always present) and measures ACC, AUROC and OSCR on them; the
 * interval is the central part of the values. The scores are sorted once; a resample only counts
 * how often each distinct score was drawn: O(B n) for B resamples, on all processors. The result
 * depends on seed and scores alone, not on the number of processors or the order of the images.
 *
 * <p>Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. Where
 * nothing varies, such as an AUROC of exactly 1, the interval is that single number and too narrow.
 *
 * @param resamples B, at least 1
 * @param seed of the random numbers; same seed, same intervals
 * @param confidence such as 0.95, in (0, 1)
 */
public record Bootstrap(int resamples, long seed, double confidence) {
  public static final int DEFAULT_RESAMPLES = 1000;

  public static final double DEFAULT_CONFIDENCE = 0.95;

  public Bootstrap {
    if (resamples < 1) {
      throw new IllegalArgumentException("a bootstrap needs at least 1 resample; got " + resamples);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "the confidence must be between 0 and 1, exclusive; got " + confidence);
    }
  }

  /** 1,000 resamples, 95 %. */
  public static Bootstrap seeded(long seed) {
    return new Bootstrap(DEFAULT_RESAMPLES, seed, DEFAULT_CONFIDENCE);
  }

  /**
   * @throws IllegalArgumentException if there is no known image, a score is NaN or lengths differ
   */
  public Intervals intervals(UnknownScores scores) {
    return intervals(Sweep.ofKnownAtLeast(scores));
  }

  Intervals intervals(Sweep sweep) {
    var images = Resampling.of(sweep);
    var seeds = new SplittableRandom(seed).longs(resamples).toArray();
    var acc = new double[resamples];
    var auroc = new double[resamples];
    var oscr = new double[resamples];
    int workers = Math.min(resamples, images.workers());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              var draw = images.newDraw();
              for (int b = worker; b < resamples; b += workers) {
                draw.resample(new SplittableRandom(seeds[b]));
                acc[b] = draw.acc();
                auroc[b] = draw.auroc();
                oscr[b] = draw.oscr();
              }
            });
    return new Intervals(
        this,
        Interval.percentile(acc, confidence),
        sweep.unknownImages() == 0
            ? Optional.empty()
            : Optional.of(
                new Intervals.Open(
                    Interval.percentile(auroc, confidence),
                    Interval.percentile(oscr, confidence))));
  }
}
