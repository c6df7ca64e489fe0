package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class BootstrapTest {

  /** Scores of normal distributions one standard deviation apart, rounded; about 80 % right. */
  private static UnknownScores sample(int images, int seed) {
    var random = new Random(seed);
    var correct = new boolean[images];
    IntStream.range(0, images).forEach(i -> correct[i] = random.nextInt(10) < 8);
    return new UnknownScores(
        IntStream.range(0, images).mapToDouble(i -> rounded(random.nextGaussian())).toArray(),
        IntStream.range(0, images).mapToDouble(i -> rounded(1 + random.nextGaussian())).toArray(),
        correct);
  }

  private static double rounded(double score) {
    return Math.rint(score * 50) / 50;
  }

  @Test
  void equalSeedsGiveEqualIntervalsAndOtherSeedsSimilarOnes() {
    var scores = sample(300, 1);
    var intervals = Bootstrap.seeded(5).intervals(scores);
    assertThat(Bootstrap.seeded(5).intervals(scores)).isEqualTo(intervals);
    var others = Bootstrap.seeded(6).intervals(scores);
    assertThat(others.auroc()).isNotEqualTo(intervals.auroc());
    assertThat(others.auroc().low()).isCloseTo(intervals.auroc().low(), within(0.01));
    assertThat(others.oscr().high()).isCloseTo(intervals.oscr().high(), within(0.01));
    assertThat(intervals.bootstrap()).isEqualTo(new Bootstrap(1000, 5, 0.95));
  }

  /** Images drawn one by one with another generator, metrics by their public methods. */
  @Test
  void intervalsAgreeWithAPlainBootstrap() {
    var scores = sample(150, 2);
    var random = new Random(3);
    int resamples = 3000;
    var acc = new double[resamples];
    var auroc = new double[resamples];
    var oscr = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      var known = random.ints(150, 0, 150).toArray();
      var correct = new boolean[150];
      IntStream.range(0, 150).forEach(i -> correct[i] = scores.correct()[known[i]]);
      var k = IntStream.of(known).mapToDouble(i -> scores.known()[i]).toArray();
      var u = random.ints(150, 0, 150).mapToDouble(i -> scores.unknown()[i]).toArray();
      acc[b] = Accuracy.of(correct);
      auroc[b] = Auroc.of(k, u);
      oscr[b] = Oscr.of(Sweep.of(k, u, correct));
    }
    var intervals = new Bootstrap(resamples, 4, 0.9).intervals(scores);
    assertAlike(intervals.acc(), Interval.percentile(acc, 0.9));
    assertAlike(intervals.auroc(), Interval.percentile(auroc, 0.9));
    assertAlike(intervals.oscr(), Interval.percentile(oscr, 0.9));
  }

  private static void assertAlike(Interval actual, Interval expected) {
    assertThat(actual.low()).isCloseTo(expected.low(), within(0.008));
    assertThat(actual.high()).isCloseTo(expected.high(), within(0.008));
  }

  @Test
  void anIntervalHoldsTheEstimate() {
    for (int seed = 0; seed < 30; seed++) {
      var scores = sample(20 + 10 * seed, seed);
      var intervals = new Bootstrap(200, seed, 0.95).intervals(scores);
      assertThat(Accuracy.of(scores.correct()))
          .isBetween(intervals.acc().low(), intervals.acc().high());
      assertThat(Auroc.of(scores.known(), scores.unknown()))
          .isBetween(intervals.auroc().low(), intervals.auroc().high());
      assertThat(Oscr.of(Sweep.of(scores.known(), scores.unknown(), scores.correct())))
          .isBetween(intervals.oscr().low(), intervals.oscr().high());
    }
  }

  @Test
  void sixteenTimesTheImagesMakeAnIntervalAQuarterAsWide() {
    var few = Bootstrap.seeded(7).intervals(sample(200, 8));
    var many = Bootstrap.seeded(7).intervals(sample(3200, 9));
    assertThat(width(few.acc()) / width(many.acc())).isBetween(3.2, 4.8);
    assertThat(width(few.auroc()) / width(many.auroc())).isBetween(3.2, 4.8);
    assertThat(width(few.oscr()) / width(many.oscr())).isBetween(3.2, 4.8);
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }

  /** The true AUROC of two normal distributions one deviation apart is Phi(1 / sqrt(2)). */
  @Test
  void ninetyFivePercentIntervalsMissTheTruthAboutOnceInTwenty() {
    double truth = 0.7602499389065233;
    int samples = 300;
    long held =
        IntStream.range(0, samples)
            .mapToObj(i -> new Bootstrap(200, i, 0.95).intervals(sample(100, 1000 + i)).auroc())
            .filter(interval -> interval.low() <= truth && truth <= interval.high())
            .count();
    assertThat((double) held / samples).isBetween(0.90, 0.98);
  }

  @Test
  void theAccuracysIntervalIsTheSameForEveryScorer() {
    var one = sample(100, 10);
    var others = DoubleStream.of(one.known()).map(x -> Math.sin(9 * x)).toArray();
    var other = new UnknownScores(others, one.unknown(), one.correct());
    var acc = Bootstrap.seeded(1).intervals(one).acc();
    assertThat(Bootstrap.seeded(1).intervals(other).acc()).isEqualTo(acc);
  }

  @Test
  void whereNothingVariesTheIntervalIsOneNumber() {
    var perfect = new UnknownScores(new double[] {1}, new double[] {2}, new boolean[] {true});
    var one = new Interval(1, 1);
    assertThat(Bootstrap.seeded(0).intervals(perfect))
        .isEqualTo(new Intervals(Bootstrap.seeded(0), one, one, one));
  }

  /** {@code numpy.percentile([5, 1, 4, 2, 3, 9, 7], ...)}. */
  @Test
  void percentilesAreInterpolatedAsNumPyDoes() {
    double[] values = {5, 1, 4, 2, 3, 9, 7};
    var middle95 = Interval.percentile(values, 0.95);
    assertThat(middle95.low()).isCloseTo(1.15, within(1e-12));
    assertThat(middle95.high()).isCloseTo(8.7, within(1e-12));
    var middle80 = Interval.percentile(values, 0.8);
    assertThat(middle80.low()).isCloseTo(1.6, within(1e-12));
    assertThat(middle80.high()).isCloseTo(7.8, within(1e-12));
    assertThat(values).startsWith(5, 1);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Bootstrap(0, 1, 0.95)).hasMessageContaining("at least 1 resample");
    assertThatThrownBy(() -> new Bootstrap(10, 1, 95))
        .hasMessage("the confidence must be between 0 and 1, exclusive; got 95.0");
    assertThatThrownBy(() -> new Bootstrap(10, 1, Double.NaN)).hasMessageContaining("NaN");
    var onlyUnknown = new UnknownScores(new double[0], new double[1], new boolean[0]);
    assertThatThrownBy(() -> Bootstrap.seeded(0).intervals(onlyUnknown))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutUnknownImagesOnlyTheAccuracyHasAnInterval() {
    var scores =
        new UnknownScores(new double[4], new double[0], new boolean[] {true, true, false, true});
    var intervals = Bootstrap.seeded(0).intervals(scores);
    assertThat(intervals.acc().low()).isBetween(0.0, 0.75);
    assertThat(intervals.acc().high()).isBetween(0.75, 1.0);
    assertThat(intervals.open()).isEmpty();
    assertThat(intervals.of(Metric.AUROC)).isEmpty();
  }
}
