package org.openmargin.scoring.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** A thousand calibrations, each with fresh images, against what they promise. */
class CoverageTest {
  private static final int CALIBRATIONS = 1000;

  /** A right method leaves the range with this probability, to either side. */
  private static final double TAIL = 1e-4;

  private static double[] exponential(Random random, int n, double mean) {
    return IntStream.range(0, n).mapToDouble(i -> draw(random, mean)).toArray();
  }

  private static double draw(Random random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** Exact, for events that happen with a probability from low to high. */
  private static void assertRate(long events, double low, double high) {
    assertThat(events)
        .isBetween(
            (long) BinomialDistribution.of(CALIBRATIONS, low).inverseCumulativeProbability(TAIL),
            (long) BinomialDistribution.of(CALIBRATIONS, high).inverseSurvivalProbability(TAIL));
  }

  @Test
  void aNewKnownImageIsRejectedAsOftenAsStated() {
    for (var alpha : List.of(0.01, 0.05, 0.2)) {
      for (var n : List.of(99, 150, 400)) {
        var random = new Random(n + Math.round(1000 * alpha));
        var rejected = 0L;
        var first = ConformalCalibration.threshold(exponential(random, n, 1), alpha);
        for (var i = 0; i < CALIBRATIONS; i++) {
          var threshold = ConformalCalibration.threshold(exponential(random, n, 1), alpha);
          rejected += threshold.accepts(draw(random, 1)) ? 0 : 1;
        }
        assertThat(first.bound()).isLessThanOrEqualTo(alpha);
        assertRate(rejected, Math.max(1e-9, first.lowerBound()), first.bound());
      }
    }
  }

  /** Of exponential scores with mean 1, the true rate of a threshold t is exp(-t). */
  @Test
  void theRealisedRateIsInItsRangeInNineOfTenCalibrations() {
    var random = new Random(7);
    var inside = 0L;
    for (var i = 0; i < CALIBRATIONS; i++) {
      var threshold = ConformalCalibration.threshold(exponential(random, 999, 1), 0.1);
      var range = RealisedRate.of(threshold);
      var rate = Math.exp(-threshold.threshold());
      inside += range.low() <= rate && rate <= range.high() ? 1 : 0;
    }
    assertRate(inside, 0.9, 0.9);
  }

  /** Class 1 has larger scores: one threshold for all rejects many of its images. */
  @Test
  void eachPredictedClassIsRejectedAsOftenAsStated() {
    var random = new Random(11);
    var means = new double[] {0.5, 3, 1};
    var names = List.of("a", "b", "c");
    var rejected = new long[3];
    var byOne = new long[3];
    for (var i = 0; i < CALIBRATIONS; i++) {
      var predicted = IntStream.range(0, 240).map(row -> random.nextInt(10) / 3 % 3).toArray();
      var scores = IntStream.of(predicted).mapToDouble(c -> draw(random, means[c])).toArray();
      var thresholds = ClassThresholds.of(scores, predicted, names, 0.1);
      var one = ConformalCalibration.threshold(scores, 0.1);
      for (var c = 0; c < 3; c++) {
        var score = draw(random, means[c]);
        rejected[c] += thresholds.get(c).accepts(score) ? 0 : 1;
        byOne[c] += one.accepts(score) ? 0 : 1;
      }
    }
    for (var c = 0; c < 3; c++) {
      // The smallest class has about 72 images: at least 0.1 - 1/50.
      assertRate(rejected[c], 0.08, 0.1);
    }
    assertThat(byOne[1]).isGreaterThan(200);
    assertThat(byOne[0]).isLessThan(10);
  }

  @Test
  void noMoreImpostorsAreAcceptedThanStated() {
    var random = new Random(13);
    for (var share : List.of(0.02, 0.1)) {
      var accepted = 0L;
      for (var i = 0; i < CALIBRATIONS; i++) {
        var known = exponential(random, 300, 1);
        var impostors = exponential(random, 149, 20);
        var threshold = ImpostorThreshold.of(known, impostors, share);
        accepted += threshold.accepts(draw(random, 20)) ? 1 : 0;
        assertThat(threshold.alpha()).isEqualTo(threshold.bound());
      }
      var bound = ImpostorThreshold.bound(149, share);
      assertThat(bound).isLessThanOrEqualTo(share);
      assertRate(accepted, 0.5 * bound, bound);
    }
  }

  @Test
  void theThresholdForImpostorsLiesBelowTheFirstOneTooMany() {
    var known = new double[] {1, 2, 3, 4};
    var impostors = IntStream.rangeClosed(1, 19).mapToDouble(i -> 2.2 + i).toArray();

    // k = floor(0.1 * 20) = 2: below the second one, 4.2.
    var threshold = ImpostorThreshold.of(known, impostors, 0.1);

    assertThat(threshold.threshold()).isBetween(4.0, 4.2);
    assertThat(threshold.bound()).isCloseTo(0.2, within(1e-12));
    // Below the first one, 3.2: the threshold of 3 is 3.5, so that of 2 is taken.
    assertThat(ImpostorThreshold.of(known, impostors, 0.05).threshold()).isEqualTo(2.5);
    assertThatThrownBy(() -> ImpostorThreshold.of(known, impostors, 0.04))
        .hasMessageContaining("needs at least 24 impostors; there are 19");
    assertThatThrownBy(() -> ImpostorThreshold.of(new double[] {9}, impostors, 0.05))
        .hasMessageContaining("rejects all 1 known images");
  }

  @Test
  void classesThatArePredictedTooRarelyAreNamed() {
    var predicted = IntStream.range(0, 30).map(i -> i < 19 ? 0 : 1).toArray();
    var scores = exponential(new Random(1), 30, 1);
    assertThatThrownBy(() -> ClassThresholds.of(scores, predicted, List.of("a", "b", "c"), 0.05))
        .hasMessageContaining("at least 19 known images")
        .hasMessageEndingWith("too few: b (11), c (0)");
  }

  @Test
  void aProportionHasTheIntervalOfClopperAndPearson() {
    // R: binom.test(8, 100)$conf.int
    assertThat(new Proportion(8, 100).low()).isCloseTo(0.0351715625, within(1e-7));
    assertThat(new Proportion(8, 100).high()).isCloseTo(0.1515576359, within(1e-7));
    assertThat(new Proportion(0, 20).low()).isZero();
    assertThat(new Proportion(20, 20).high()).isEqualTo(1);
  }
}
