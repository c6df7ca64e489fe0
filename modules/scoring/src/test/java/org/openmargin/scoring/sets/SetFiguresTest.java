package org.openmargin.scoring.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.metric.Bootstrap;

class SetFiguresTest {
  private static final double LIMIT = 0.6;

  /** Scores above a limit are rejected. */
  private static SetAnswers answers(Random random, int count, double centre, double right) {
    var scores = random.doubles(count).map(x -> Math.rint(20 * (centre + x - 0.5)) / 20).toArray();
    var rejected = new boolean[count];
    var correct = new boolean[count];
    for (var i = 0; i < count; i++) {
      rejected[i] = scores[i] > LIMIT;
      correct[i] = random.nextDouble() < right;
    }
    return new SetAnswers(scores, rejected, correct);
  }

  private static double pairs(SetAnswers negative, SetAnswers positive) {
    var sum = 0.0;
    for (var k : negative.scores()) {
      for (var u : positive.scores()) {
        sum += u > k ? 1 : u == k ? 0.5 : 0;
      }
    }
    return sum / negative.size() / positive.size();
  }

  @Test
  void everyFigureIsWhatCountingGives() {
    var random = new Random(1);
    var known = answers(random, 150, 0.4, 0.9);
    var shifted = answers(random, 90, 0.5, 0.7);
    var near = answers(random, 120, 0.7, 0);
    var row = SetFigures.shifted(shifted, known, Optional.empty());
    var accepted = IntStream.range(0, 90).filter(i -> !shifted.rejected()[i]).toArray();
    var right = IntStream.of(accepted).filter(i -> shifted.correct()[i]).count();
    assertThat(row.images()).isEqualTo(90);
    assertThat(row.rejectionRate()).isEqualTo(1 - accepted.length / 90.0, within(1e-12));
    assertThat(row.acceptedAccuracy().orElseThrow())
        .isEqualTo((double) right / accepted.length, within(1e-12));
    assertThat(row.accuracy().orElseThrow().value())
        .isEqualTo(
            IntStream.range(0, 90).filter(i -> shifted.correct()[i]).count() / 90.0, within(1e-12));
    assertThat(row.auroc().orElseThrow().value()).isEqualTo(pairs(known, shifted), within(1e-12));
    assertThat(row.fullSpectrumAuroc()).isEmpty();
    var unknown = SetFigures.unknown(near, known, Optional.of(shifted), Optional.empty());
    assertThat(unknown.auroc().orElseThrow().value()).isEqualTo(pairs(known, near), within(1e-12));
    assertThat(unknown.fullSpectrumAuroc().orElseThrow())
        .isEqualTo(pairs(SetAnswers.joined(List.of(known, shifted)), near), within(1e-12));
    assertThat(unknown.accuracy()).isEmpty();
    assertThat(unknown.acceptedAccuracy()).isEmpty();
  }

  @Test
  void intervalsHoldTheirFigureAndAreNarrowerWithMoreImages() {
    var random = new Random(2);
    var by = Optional.of(new Bootstrap(200, 3, 0.95));
    var known = answers(random, 400, 0.4, 0.9);
    var few = SetFigures.shifted(answers(random, 40, 0.5, 0.7), known, by);
    var many = SetFigures.shifted(answers(random, 4000, 0.5, 0.7), known, by);
    for (var row : List.of(few, many)) {
      for (var figure : List.of(row.accuracy().orElseThrow(), row.auroc().orElseThrow())) {
        var interval = figure.interval().orElseThrow();
        assertThat(figure.value()).isBetween(interval.low(), interval.high());
      }
    }
    assertThat(width(many.accuracy())).isLessThan(width(few.accuracy()) / 2);
    assertThat(width(many.auroc())).isLessThan(width(few.auroc()));
  }

  private static double width(Optional<Measured> figure) {
    var interval = figure.orElseThrow().interval().orElseThrow();
    return interval.high() - interval.low();
  }

  @Test
  void theLimitsAreKept() {
    var none = new SetAnswers(new double[] {9, 9}, new boolean[] {true, true}, new boolean[2]);
    var known = new SetAnswers(new double[] {1}, new boolean[] {false}, new boolean[] {true});
    var row = SetFigures.unknown(none, known, Optional.empty(), Optional.empty());
    assertThat(row.rejectionRate()).isEqualTo(1);
    assertThat(row.auroc().orElseThrow().value()).isEqualTo(1);
    assertThat(row.fullSpectrumAuroc()).isEmpty();
    assertThat(SetFigures.shifted(none, known, Optional.empty()).acceptedAccuracy()).isEmpty();
    assertThat(SetFigures.known(known, Optional.empty()).acceptedAccuracy()).hasValue(1);
    var broken = new SetAnswers(new double[] {Double.NaN}, new boolean[] {true}, new boolean[1]);
    assertThat(SetFigures.unknown(broken, known, Optional.empty(), Optional.empty()).auroc())
        .isEmpty();
  }

  @Test
  void rowsAreChosenAndJoined() {
    var known = answers(new Random(3), 10, 0.4, 0.5);
    var parts = List.of(known.select(3, 1), known.select(7));
    var joined = SetAnswers.joined(parts);
    assertThat(joined.scores())
        .containsExactly(known.scores()[3], known.scores()[1], known.scores()[7]);
    assertThat(joined.correct())
        .containsExactly(known.correct()[3], known.correct()[1], known.correct()[7]);
    assertThat(joined.rejected())
        .containsExactly(known.rejected()[3], known.rejected()[1], known.rejected()[7]);
  }
}
