package org.openmargin.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TurnTest {

  @Test
  void theMedianIsTheMiddleOfTheSortedCalls() {
    assertThat(Quantiles.of(DoubleStream.of(9, 1, 4)).median()).isEqualTo(4);
    assertThat(Quantiles.of(DoubleStream.of(9, 1)).median()).isEqualTo(5);
  }

  @Test
  void quantilesLieBetweenTheNeighbours() {
    var quantiles = Quantiles.of(DoubleStream.of(40, 10, 30, 20, 0));
    assertThat(quantiles.at(0)).isEqualTo(0);
    assertThat(quantiles.at(0.25)).isEqualTo(10);
    assertThat(quantiles.at(0.9)).isEqualTo(36);
    assertThat(quantiles.at(1)).isEqualTo(40);
  }

  @Test
  void eachThreadMakesItsCalls() {
    var calls = new AtomicInteger();

    var turn = Turn.of(5, 3, calls::incrementAndGet);

    assertThat(calls).hasValue(15);
    assertThat(turn.millis().sorted()).hasSize(15).isSorted();
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    var ours = List.of(turn(2), turn(30), turn(400));
    var others = List.of(turn(1), turn(10), turn(100));

    assertThat(Quantiles.ofRatios(ours, others, Turn::median))
        .hasToString("median 3.000 (quartiles 2.500, 3.500)");
  }

  private static Turn turn(double millis) {
    return new Turn(Quantiles.of(DoubleStream.of(millis)), 0);
  }
}
