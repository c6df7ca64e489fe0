package org.openmargin.data.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.DataException;

class SampledOrderTest {
  /** 60, 30 and 10 images. */
  private static final int[] LABELS =
      IntStream.range(0, 100).map(i -> i < 60 ? 0 : i < 90 ? 1 : 2).toArray();

  private static long visits(int[] order, int label) {
    return Arrays.stream(order).filter(i -> LABELS[i] == label).count();
  }

  @Test
  void balancedEpochsVisitEveryClassEquallyOften() {
    var order = new SampledOrder(1, LABELS, new ClassSampling(true, List.of()));
    for (var epoch = 0; epoch < 5; epoch++) {
      var images = order.permutation(epoch);
      assertThat(images).hasSize(100);
      for (var label = 0; label < 3; label++) {
        assertThat(visits(images, label)).isBetween(33L, 34L);
      }
    }
  }

  @Test
  void weightsMultiplyTheVisits() {
    var order = new SampledOrder(1, LABELS, new ClassSampling(false, List.of(1.0, 2.0, 4.0)));
    var images = order.permutation(0);
    // 60, 60 and 40 of 160.
    assertThat(visits(images, 0)).isBetween(37L, 38L);
    assertThat(visits(images, 1)).isBetween(37L, 38L);
    assertThat(visits(images, 2)).isEqualTo(25);
  }

  @Test
  void noImageComesAgainBeforeAllOfItsClass() {
    var order = new SampledOrder(3, LABELS, new ClassSampling(true, List.of()));
    var seen = new int[100];
    for (var epoch = 0; epoch < 20; epoch++) {
      Arrays.stream(order.permutation(epoch)).forEach(i -> seen[i]++);
      for (var label = 0; label < 3; label++) {
        var own = label;
        var visits = IntStream.range(0, 100).filter(i -> LABELS[i] == own).map(i -> seen[i]);
        var summary = visits.summaryStatistics();
        assertThat(summary.getMax() - summary.getMin()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void anEpochIsAFunctionOfSeedAndNumber() {
    var sampling = new ClassSampling(true, List.of());
    var fifth = new SampledOrder(3, LABELS, sampling).permutation(5);
    var order = new SampledOrder(3, LABELS, sampling);
    order.permutation(1);
    assertThat(order.permutation(5)).isEqualTo(fifth);
    assertThat(order.permutation(6)).isNotEqualTo(fifth);
    assertThat(new SampledOrder(4, LABELS, sampling).permutation(5)).isNotEqualTo(fifth);
  }

  @Test
  void aClassWithoutImagesIsLeftOut() {
    var order =
        new SampledOrder(
            1, new int[] {0, 0, 2, 2}, new ClassSampling(true, List.of(1.0, 9.0, 1.0)));
    assertThat(order.permutation(0)).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void thereIsOneWeightForEachClass() {
    assertThatThrownBy(() -> new ClassSampling(false, List.of(1.0, 2.0)).requireFit(3))
        .isInstanceOf(DataException.class)
        .hasMessage("training.class_weights: there are 2 weights for 3 known classes");
    ClassSampling.NATURAL.requireFit(3);
    assertThat(new ClassSampling(false, List.of(1.0, 1.0)).isNatural()).isTrue();
    assertThat(new ClassSampling(true, List.of()).isNatural()).isFalse();
  }
}
