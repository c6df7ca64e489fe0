package org.openmargin.scoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.ConformalCalibration;

class DriftTest {
  private static final double ALPHA = 0.05;
  private static final int ROUNDS = 1000;

  private static Drift drift(Random random, int n, int m, double shift, double[] classes) {
    var predicted = List.of(n / 2, n - n / 2 - n / 5, n / 5);
    var calibration = calibration(random, n, predicted);
    var scores = IntStream.range(0, m).mapToDouble(i -> random.nextGaussian() + shift).toArray();
    var threshold = calibration.at(ALPHA);
    var rejected = IntStream.range(0, m).filter(i -> !threshold.accepts(scores[i])).count();
    var now = new long[3];
    for (var i = 0; i < m; i++) {
      var u = random.nextDouble();
      now[u < classes[0] ? 0 : u < classes[0] + classes[1] ? 1 : 2]++;
    }
    var sample = new Drift.Sample(scores, rejected, now);
    return Drift.of(calibration.reference(), sample, threshold.bound(), 0.05);
  }

  private static Calibration calibration(Random random, int n, List<Integer> predicted) {
    var known = IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
    return ConformalCalibration.of("any", known, predicted, List.of(ALPHA));
  }

  @Test
  void imagesAsBeforeAreCalledDriftedNoMoreOftenThanTheLevel() {
    for (var sizes : List.of(List.of(400, 300), List.of(99, 400), List.of(800, 60))) {
      var random = new Random(sizes.get(0));
      var alarms = 0;
      var scores = 0;
      for (var i = 0; i < ROUNDS; i++) {
        var same = new double[] {0.5, 0.3, 0.2};
        var drift = drift(random, sizes.get(0), sizes.get(1), 0, same);
        alarms += drift.changes().isEmpty() ? 0 : 1;
        scores += drift.scores().pValue() < 0.05 ? 1 : 0;
      }
      var level = BinomialDistribution.of(ROUNDS, 0.05);
      assertThat(alarms).as("%s", sizes).isLessThan(level.inverseSurvivalProbability(1e-4));
      // The test of the scores alone has its level, and does not only stay below it.
      assertThat(scores)
          .as("%s", sizes)
          .isBetween(
              BinomialDistribution.of(ROUNDS, 0.03).inverseCumulativeProbability(1e-4),
              BinomialDistribution.of(ROUNDS, 0.06).inverseSurvivalProbability(1e-4));
    }
  }

  @Test
  void aShiftIsFound() {
    var random = new Random(5);
    var same = new double[] {0.5, 0.3, 0.2};
    var other = new double[] {0.2, 0.6, 0.2};
    var shifted = 0;
    var classes = 0;
    for (var i = 0; i < 100; i++) {
      var drift = drift(random, 500, 300, 0.5, same);
      shifted += drift.changes().contains("unknown scores") ? 1 : 0;
      classes += drift(random, 500, 300, 0, other).changes().contains("predicted classes") ? 1 : 0;
    }
    assertThat(shifted).isGreaterThan(95);
    assertThat(classes).isGreaterThan(95);
  }

  @Test
  void manyMoreRejectionsAreDrift() {
    var random = new Random(6);
    var calibration = calibration(random, 199, List.of(99, 50, 50));
    var scores = IntStream.range(0, 100).mapToDouble(i -> random.nextGaussian()).toArray();
    var sample = new Drift.Sample(scores, 20, new long[] {50, 25, 25});
    var drift = Drift.of(calibration.reference(), sample, 0.05, 0.01);
    assertThat(drift.changes()).containsExactly("more images are rejected");
    assertThat(drift.rejected().share()).isEqualTo(0.2);
  }

  /** With a = b = 1 all counts are equally likely; with many calibration images it is binomial. */
  @Test
  void theNumberOfRejectionsIsBetaBinomial() {
    var uniform = new BetaBinomial(9, 1, 1);
    assertThat(uniform.atLeast(8)).isCloseTo(0.2, within(1e-12));
    assertThat(uniform.atMost(9)).isCloseTo(1, within(1e-12));
    var binomial = BinomialDistribution.of(50, 0.1);
    var many = new BetaBinomial(50, 1e7, 9e7);
    assertThat(many.atLeast(9)).isCloseTo(binomial.survivalProbability(8), within(1e-5));
    assertThat(many.atMost(3)).isCloseTo(binomial.cumulativeProbability(3), within(1e-5));
  }

  @Test
  void binsThatExpectTooLittleAreJoined() {
    var ordered = ChiSquared.of(new double[] {40, 1, 1, 40, 2}, new long[] {50, 0, 0, 50, 0}, true);
    assertThat(ordered.degrees()).isEqualTo(1);
    var unordered = ChiSquared.of(new double[] {3, 40, 3, 40}, new long[] {0, 50, 0, 50}, false);
    assertThat(unordered.degrees()).isEqualTo(2);
    assertThat(ChiSquared.of(new double[] {4}, new long[] {7}, true).pValue()).isEqualTo(1);
  }

  @Test
  void fewImagesTellNothing() {
    var reference = calibration(new Random(1), 99, List.of()).reference();
    var few = new Drift.Sample(new double[19], 0, new long[] {19});
    assertThatThrownBy(() -> Drift.of(reference, few, 0.05, 0.01))
        .hasMessage("a test for drift needs at least 20 images; there are 19");
  }
}
