package org.openmargin.scoring.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreReferenceTest {

  private static ScoreReference of(double... scores) {
    return ConformalCalibration.of("any", scores, List.of(1, 2), List.of()).reference();
  }

  @Test
  void theBinsOfAReferenceHoldItsOwnScores() {
    for (var n : List.of(1, 4, 5, 9, 10, 11, 99, 100, 1234)) {
      var random = new Random(n);
      var scores = IntStream.range(0, n).mapToDouble(i -> random.nextInt(50)).toArray();
      var reference = of(scores);
      assertThat(reference.images()).isEqualTo(n);
      assertThat(reference.histogram(scores))
          .containsExactly(reference.counts().stream().mapToLong(c -> c).toArray());
      assertThat(reference.counts()).doesNotContain(0);
      assertThat(reference.edges()).isSorted().doesNotHaveDuplicates();
      assertThat(reference.predicted()).containsExactly(1, 2);
    }
  }

  @Test
  void differentScoresAreInBinsOfEqualCounts() {
    var reference = of(IntStream.range(0, 1000).mapToDouble(i -> -i).toArray());
    assertThat(reference.counts()).hasSize(20).containsOnly(50);
  }

  @Test
  void equalScoresAreOneBin() {
    var reference = of(DoubleStream.generate(() -> 3).limit(40).toArray());
    assertThat(reference.counts()).containsExactly(40);
    assertThat(reference.histogram(new double[] {1, 3, Double.NaN, 9})).containsExactly(4);
  }
}
