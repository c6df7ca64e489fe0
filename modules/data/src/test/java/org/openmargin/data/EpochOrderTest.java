package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

  @Test
  void isAPermutation() {
    var order = new EpochOrder(1, 1000).permutation(3);
    var sorted = order.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(order).isNotEqualTo(sorted);
  }

  @Test
  void dependsOnSeedAndEpochOnly() {
    var order = new EpochOrder(7, 50);
    var fifth = order.permutation(5);
    assertThat(order.permutation(6)).isNotEqualTo(fifth);
    assertThat(new EpochOrder(7, 50).permutation(5)).isEqualTo(fifth);
    assertThat(new EpochOrder(8, 50).permutation(5)).isNotEqualTo(fifth);
    assertThat(new EpochOrder(5, 50).permutation(7)).isNotEqualTo(fifth);
  }

  @Test
  void staysTheSameOnEveryMachine() {
    assertThat(new EpochOrder(42, 10).permutation(0)).containsExactly(4, 0, 6, 9, 7, 3, 2, 8, 5, 1);
  }

  @Test
  void givesEveryOrderOfThreeEquallyOften() {
    var counts = new HashMap<String, Integer>();
    var order = new EpochOrder(0, 3);
    for (int epoch = 0; epoch < 6000; epoch++) {
      counts.merge(Arrays.toString(order.permutation(epoch)), 1, Integer::sum);
    }
    // Six orders, 1000 each; five deviations of the binomial (29) are 145.
    assertThat(counts).hasSize(6);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(855, 1145));
  }

  @Test
  void emptyAndSingleSetsHaveTheirOnlyOrder() {
    assertThat(new EpochOrder(0, 0).permutation(0)).isEmpty();
    assertThat(new EpochOrder(0, 1).permutation(9)).containsExactly(0);
    assertThatThrownBy(() -> new EpochOrder(0, -1)).isInstanceOf(DataException.class);
  }

  @Test
  void theGeneratorIsSplitMix64() {
    // java.util.SplittableRandom documents the same algorithm.
    var expected = new SplittableRandom(1234567);
    var actual = new SplitMix(1234567);
    for (int i = 0; i < 100; i++) {
      assertThat(actual.nextLong()).isEqualTo(expected.nextLong());
    }
  }

  @Test
  void uniformAndNormalNumbersHaveTheirMeanAndDeviation() {
    var random = new SplitMix(5);
    double uniform = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100_000; i++) {
      uniform += random.between(2, 4);
      double normal = random.around(0, 2);
      sum += normal;
      squares += normal * normal;
    }
    assertThat(uniform / 1e5).isBetween(2.99, 3.01);
    assertThat(sum / 1e5).isBetween(-0.03, 0.03);
    assertThat(squares / 1e5).isBetween(3.9, 4.1);
  }
}
