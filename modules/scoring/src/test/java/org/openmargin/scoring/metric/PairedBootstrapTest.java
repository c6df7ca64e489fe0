package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class PairedBootstrapTest {
  private static final PairedBootstrap PAIRED = new PairedBootstrap(new Bootstrap(400, 3, 0.95));

  /** Known scores around 0, unknown ones around {@code apart}; nine of ten are named rightly. */
  private static UnknownScores scores(long seed, int known, int unknown, double apart) {
    var random = new Random(seed);
    var correct = new boolean[known];
    IntStream.range(0, known).forEach(i -> correct[i] = i % 10 != 0);
    return new UnknownScores(
        IntStream.range(0, known).mapToDouble(i -> random.nextGaussian()).toArray(),
        IntStream.range(0, unknown).mapToDouble(i -> apart + random.nextGaussian()).toArray(),
        correct);
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    var scores = scores(1, 60, 40, 1);
    var differences = PAIRED.of(scores, scores);
    assertThat(differences.auroc())
        .isEqualTo(new PairedBootstrap.Difference(0, new Interval(0, 0)));
    assertThat(differences.oscr()).isEqualTo(new PairedBootstrap.Difference(0, new Interval(0, 0)));
    assertThat(differences.acc()).isEqualTo(new PairedBootstrap.Difference(0, new Interval(0, 0)));
  }

  @Test
  void differencesAreThoseOfTheMetrics() {
    var first = scores(1, 80, 50, 0.5);
    var second = scores(2, 80, 50, 2);
    var differences = PAIRED.of(first, second);
    var expected = ScorerMetrics.of("b", second).auroc() - ScorerMetrics.of("a", first).auroc();
    assertThat(differences.auroc().difference()).isCloseTo(expected, within(1e-12));
    assertThat(differences.auroc().interval().low()).isPositive().isLessThan(expected);
    assertThat(differences.auroc().interval().high()).isGreaterThan(expected);
    var back = PAIRED.of(second, first);
    assertThat(back.auroc().difference()).isEqualTo(-differences.auroc().difference());
    assertThat(back.auroc().interval().low())
        .isCloseTo(-differences.auroc().interval().high(), within(1e-12));
  }

  /** The same images for both: noise that both share does not widen the interval. */
  @Test
  void pairingNarrowsTheInterval() {
    var first = scores(1, 200, 200, 1);
    var shifted =
        new UnknownScores(
            first.known(),
            IntStream.range(0, 200).mapToDouble(i -> first.unknown()[i] + 0.1).toArray(),
            first.correct());
    var paired = PAIRED.of(first, shifted).auroc().interval();
    var alone = new Bootstrap(400, 3, 0.95).intervals(first).auroc();
    assertThat(paired.high() - paired.low()).isLessThan(0.5 * (alone.high() - alone.low()));
    assertThat(paired.low()).isPositive();
  }

  @Test
  void seedAndNothingElseDecides() {
    var first = scores(1, 30, 30, 1);
    var second = scores(2, 30, 30, 1);
    assertThat(PAIRED.of(first, second)).isEqualTo(PAIRED.of(first, second));
    assertThat(new PairedBootstrap(new Bootstrap(400, 4, 0.95)).of(first, second))
        .isNotEqualTo(PAIRED.of(first, second));
  }

  @Test
  void otherNumbersOfImagesAreRefused() {
    assertThatThrownBy(() -> PAIRED.of(scores(1, 30, 30, 1), scores(1, 31, 30, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same images");
  }
}
