package org.openmargin.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.SplitMix;

class CrossValidationTest {
  private static final int ROWS = 200;

  private static int[] each() {
    return IntStream.range(0, ROWS).toArray();
  }

  private static int[] random(int bound, long seed) {
    var random = new SplitMix(seed);
    return IntStream.range(0, ROWS).map(i -> random.nextInt(bound)).toArray();
  }

  @Test
  void aFactThatIsTheClassTellsIt() {
    var labels = random(3, 1);
    var fact = IntStream.of(labels).map(label -> 10 * label).toArray();
    var outcome = new CrossValidation(new int[][] {fact}, labels, each(), 3).outcome();
    assertThat(outcome.accuracy()).isEqualTo(1);
    assertThat(outcome.low()).isEqualTo(1);
    assertThat(outcome.p()).isEqualTo(0.001);
  }

  @Test
  void noiseTellsNothing() {
    var found = 0;
    for (var seed = 0; seed < 5; seed++) {
      var columns = new int[][] {random(32, 100 + seed), random(2, 200 + seed)};
      var outcome = new CrossValidation(columns, random(2, 300 + seed), each(), 2).outcome();
      found += outcome.p() <= 0.005 ? 1 : 0;
      assertThat(outcome.accuracy()).isBetween(0.35, 0.65);
    }
    assertThat(found).isZero();
  }

  /** Always guessing the frequent class is no better than chance. */
  @Test
  void accuracyIsBalanced() {
    var labels = IntStream.range(0, ROWS).map(i -> i % 10 == 0 ? 1 : 0).toArray();
    var constant = new int[ROWS];
    var outcome = new CrossValidation(new int[][] {constant}, labels, each(), 2).outcome();
    assertThat(outcome.accuracy()).isBetween(0.35, 0.65);
    assertThat(outcome.p()).isGreaterThan(0.05);
  }

  /** What marks a patient does not tell the class of another patient. */
  @Test
  void imagesOfAGroupStayTogether() {
    var units = IntStream.range(0, ROWS).map(i -> i / 10).toArray();
    var ofUnit = random(2, 9);
    var labels = IntStream.of(units).map(unit -> ofUnit[unit]).toArray();
    var together = new CrossValidation(new int[][] {units}, labels, units, 2).outcome();
    var apart = new CrossValidation(new int[][] {units}, labels, each(), 2).outcome();
    assertThat(apart.accuracy()).isGreaterThan(0.7);
    assertThat(together.p()).isGreaterThan(0.01);
  }
}
