package org.openmargin.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnTest {

  @Test
  void theMedianIsTheMiddleOfTheSortedCalls() {
    assertThat(new Turn(new double[] {9, 1, 4}, 0).median()).isEqualTo(4);
    assertThat(new Turn(new double[] {9, 1}, 0).median()).isEqualTo(5);
  }

  @Test
  void quantilesLieBetweenTheNeighbours() {
    var sorted = new double[] {0, 10, 20, 30, 40};
    assertThat(Turn.quantile(sorted, 0)).isEqualTo(0);
    assertThat(Turn.quantile(sorted, 0.25)).isEqualTo(10);
    assertThat(Turn.quantile(sorted, 0.9)).isEqualTo(36);
    assertThat(Turn.quantile(sorted, 1)).isEqualTo(40);
  }

  @Test
  void eachThreadMakesItsCalls() {
    var calls = new AtomicInteger();

    var turn = Turn.of(5, 3, calls::incrementAndGet);

    assertThat(calls).hasValue(15);
    assertThat(turn.millis()).hasSize(15).isSorted();
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    var ours = List.of(turn(2), turn(30), turn(400));
    var others = List.of(turn(1), turn(10), turn(100));

    assertThat(new Comparison(ours, others).quartiles(Turn::median)).containsExactly(2.5, 3, 3.5);
  }

  private static Turn turn(double millis) {
    return new Turn(new double[] {millis}, 0);
  }
}
