package org.openmargin.scoring.drift;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.calibration.Proportion;
import org.openmargin.scoring.calibration.ScoreReference;

/**
 * Whether known images of later days are like those of the calibration, by three tests: their
 * unknown scores in the bins of the reference, the share that is rejected, and the classes that are
 * predicted. Each is compared with a third of the level (Bonferroni), so that images which are as
 * they were are called drifted with probability at most about the level.
 *
 * @param level of all three tests together
 * @param scores of {@link ScoreReference#histogram}
 * @param rejected observed
 * @param expectedRejection what the calibration promises on the average
 * @param rejectionPValue two-sided, see {@link BetaBinomial}
 * @param classes of the predicted classes; one degree of freedom less than classes, none if the
 *     reference does not know them
 */
public record Drift(
    double level,
    ChiSquared scores,
    Proportion rejected,
    double expectedRejection,
    double rejectionPValue,
    ChiSquared classes) {
  private static final int TESTS = 3;

  /** Fewer images tell nothing. */
  public static final int LEAST_IMAGES = 20;

  /**
   * What a model says about some images.
   *
   * @param scores unknown scores
   * @param rejected how many are
   * @param predicted by class, in label order
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
  public record Sample(double[] scores, long rejected, long[] predicted) {}

  /**
   * @param expectedRejection share of known images that the threshold rejects on the average over
   *     calibrations: the bound
   * @throws IllegalArgumentException if there are too few images, or the level is no probability
   */
  public static Drift of(
      ScoreReference reference, Sample sample, double expectedRejection, double level) {
    var m = sample.scores().length;
    if (m < LEAST_IMAGES) {
      throw new IllegalArgumentException(
          "a test for drift needs at least %d images; there are %d".formatted(LEAST_IMAGES, m));
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "the level must be between 0 and 1, exclusive; got " + level);
    }
    return new Drift(
        level,
        ChiSquared.of(gaps(reference), reference.histogram(sample.scores()), true),
        new Proportion(sample.rejected(), m),
        expectedRejection,
        rejection(sample.rejected(), m, expectedRejection, reference.images()),
        classes(reference, sample.predicted()));
  }

  /** n scores divide the line into n + 1 gaps; the outer bins have half of one more. */
  private static double[] gaps(ScoreReference reference) {
    var counts = reference.counts();
    var gaps = counts.stream().mapToDouble(Integer::doubleValue).toArray();
    gaps[0] += 0.5;
    gaps[gaps.length - 1] += 0.5;
    return gaps;
  }

  private static double rejection(long rejected, long m, double rate, int n) {
    var found = new BetaBinomial(m, rate * (n + 1), (1 - rate) * (n + 1));
    return Math.min(1, 2 * Math.min(found.atLeast(rejected), found.atMost(rejected)));
  }

  private static ChiSquared classes(ScoreReference reference, long[] predicted) {
    if (reference.predicted().size() != predicted.length) {
      return new ChiSquared(0, 0, 1);
    }
    // Half an image for each class, so that one the calibration never met is not impossible.
    var weights = reference.predicted().stream().mapToDouble(count -> count + 0.5).toArray();
    return ChiSquared.of(weights, predicted, false);
  }

  /** What has changed, in words; empty if nothing has. */
  public List<String> changes() {
    var changes = new ArrayList<String>();
    if (scores.pValue() < level / TESTS) {
      changes.add("unknown scores");
    }
    if (rejectionPValue < level / TESTS) {
      changes.add(
          rejected.share() > expectedRejection
              ? "more images are rejected"
              : "fewer images are rejected");
    }
    if (classes.pValue() < level / TESTS) {
      changes.add("predicted classes");
    }
    return changes;
  }
}
