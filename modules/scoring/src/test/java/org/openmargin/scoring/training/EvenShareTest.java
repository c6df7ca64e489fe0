package org.openmargin.scoring.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenShareTest {
  /** 60 images of class 0, then 30 of class 1, then 10 of class 2. */
  private static final int[] LABELS =
      IntStream.range(0, 100).map(i -> i < 60 ? 0 : i < 90 ? 1 : 2).toArray();

  private static int[] counts(int[] rows) {
    var counts = new int[3];
    IntStream.of(rows).forEach(row -> counts[LABELS[row]]++);
    return counts;
  }

  @Test
  void allIfThereAreNoMore() {
    assertThat(EvenShare.rows(LABELS, 100)).containsExactly(IntStream.range(0, 100).toArray());
    assertThat(EvenShare.rows(LABELS, Integer.MAX_VALUE)).hasSize(100);
  }

  @Test
  void theSameShareOfEveryClassEvenlySpaced() {
    var rows = EvenShare.rows(LABELS, 50);
    assertThat(counts(rows)).containsExactly(30, 15, 5);
    assertThat(rows).startsWith(1, 3, 5, 7).endsWith(93, 95, 97, 99);
    // Three quarters: gaps of one and two, over the whole of every class.
    var more = EvenShare.rows(LABELS, 75);
    assertThat(counts(more)).containsExactly(45, 22, 7);
    assertThat(IntStream.range(1, more.length).map(i -> more[i] - more[i - 1]).max()).hasValue(2);
  }

  @Test
  void noClassIsLeftOut() {
    assertThat(counts(EvenShare.rows(LABELS, 3))).containsExactly(1, 1, 1);
    assertThat(counts(EvenShare.rows(LABELS, 0))).containsExactly(1, 1, 1);
  }

  @Test
  void neverMoreThanAskedForIfEveryClassHasItsShare() {
    for (var most = 10; most <= 100; most++) {
      assertThat(EvenShare.rows(LABELS, most).length).isBetween(most - 2, most);
    }
  }
}
