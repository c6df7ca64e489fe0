package org.openmargin.benchmark.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final List<Integer> EIGHT = IntStream.range(0, 8).boxed().toList();

  @Test
  void eachOfFewClassesIsHeldOutOnce() {
    assertThat(Fold.of(List.of(1, 3, 6, 7), 10))
        .extracting(Fold::name)
        .containsExactly("without 1", "without 3", "without 6", "without 7");
  }

  @Test
  void ofFiveAndMoreClassesAlsoPairsAsManyAsFit() {
    var folds = Fold.of(List.of(0, 1, 2, 3, 4), 8);
    assertThat(folds).hasSize(8).doesNotHaveDuplicates();
    assertThat(folds.subList(0, 5)).allMatch(fold -> fold.heldOut().size() == 1);
    assertThat(folds.subList(5, 8)).allMatch(fold -> fold.heldOut().size() == 2);
    assertThat(Fold.of(List.of(0, 1, 2, 3, 4), 100)).hasSize(10);
  }

  @Test
  void ofTooManyASampleThatIsTheSameEveryTime() {
    var folds = Fold.of(EIGHT, 3);
    assertThat(folds).hasSize(3).allMatch(fold -> fold.heldOut().size() == 1);
    assertThat(Fold.of(EIGHT, 3)).isEqualTo(folds);
  }

  @Test
  void ofTwoClassesNoneIsHeldOut() {
    assertThat(Fold.of(List.of(2, 5), 10)).containsExactly(new Fold(List.of()));
  }
}
