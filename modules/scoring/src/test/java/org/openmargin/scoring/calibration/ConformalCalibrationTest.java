package org.openmargin.scoring.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.scorer.MaxLogit;

class ConformalCalibrationTest {

  @Test
  void theThresholdIsMidwayToTheNextLargerScore() {
    // n = 9, alpha = 0.2: k = ceil(10 * 0.8) = 8.
    var t = ConformalCalibration.threshold(new double[] {9, 1, 8, 2, 7, 3, 6, 4, 5}, 0.2);
    assertThat(t.threshold()).isEqualTo(8.5);
    assertThat(t.validationImages()).isEqualTo(9);
    assertThat(t.bound()).isCloseTo(0.2, within(1e-15));
    assertThat(t.lowerBound()).isCloseTo(0.1, within(1e-15));
    assertThat(t.validationRejectionRate()).isEqualTo(1.0 / 9);
  }

  @Test
  void equalScoresAreAcceptedTogether() {
    var t = ConformalCalibration.threshold(new double[] {1, 2, 2, 2, 4}, 0.5);
    assertThat(t.threshold()).isEqualTo(3);
    assertThat(t.accepts(2)).isTrue();
    assertThat(t.validationRejectionRate()).isEqualTo(0.2);
  }

  @Test
  void withoutALargerScoreTheThresholdLiesALittleAboveTheLargest() {
    var scores = IntStream.range(0, 99).mapToDouble(i -> -100.0 + i).toArray();
    var t = ConformalCalibration.threshold(scores, 0.01);
    assertThat(t.threshold()).isGreaterThan(-2).isCloseTo(-2, within(1e-5));
    assertThat(t.validationRejectionRate()).isZero();
    assertThat(ConformalCalibration.threshold(new double[] {0, 0, 0}, 0.5).threshold())
        .isPositive()
        .isLessThan(1e-5);
  }

  @Test
  void theThresholdIsAFloatAndFloatsAreCompared() {
    var t = ConformalCalibration.threshold(new double[] {0.1, 0.2, 0.7}, 0.5);
    assertThat(t.threshold()).isEqualTo((double) (float) 0.45);
    double low = 1;
    double next = Math.nextUp(1f);
    var narrow = ConformalCalibration.threshold(new double[] {low, next, next}, 0.8);
    assertThat(narrow.accepts(low)).isTrue();
    assertThat(narrow.accepts(next)).isFalse();
    // What an exported model returns for this score is the float 1.
    assertThat(narrow.accepts(Math.nextUp(low))).isTrue();
    assertThat(narrow.accepts(Double.NaN)).isFalse();
    assertThat(narrow.accepts(-Double.MAX_VALUE)).isFalse();
  }

  @Test
  void theRankIsCountedInDecimal() {
    // 100 * (1 - 0.05) must be 95 and not 96; scores are 1 .. 99.
    var scores = IntStream.rangeClosed(1, 99).mapToDouble(i -> i).toArray();
    assertThat(ConformalCalibration.threshold(scores, 0.05).threshold()).isEqualTo(95.5);
    assertThat(ConformalCalibration.threshold(scores, 0.1).threshold()).isEqualTo(90.5);
    assertThat(ConformalCalibration.threshold(scores, 0.07).threshold()).isEqualTo(93.5);
  }

  @Test
  void tooFewImagesAreAnErrorThatSaysHowManyAreNeeded() {
    var scores = new double[98];
    assertThatThrownBy(() -> ConformalCalibration.threshold(scores, 0.01))
        .hasMessage("alpha 0.01 needs at least 99 known validation images; there are 98");
    assertThat(ConformalCalibration.threshold(new double[99], 0.01).validationImages())
        .isEqualTo(99);
    assertThatThrownBy(() -> ConformalCalibration.threshold(new double[0], 0.3))
        .hasMessage("alpha 0.3 needs at least 3 known validation images; there are 0");
  }

  @Test
  void alphaAndScoresAreChecked() {
    assertThatThrownBy(() -> ConformalCalibration.threshold(new double[] {1}, 0))
        .hasMessageContaining("alpha must be between 0 and 1, exclusive; got 0.0");
    assertThatThrownBy(() -> ConformalCalibration.threshold(new double[] {1}, Double.NaN))
        .hasMessageContaining("got NaN");
    assertThatThrownBy(() -> ConformalCalibration.threshold(new double[] {1, Double.NaN}, 0.5))
        .hasMessage("validation scores must be finite");
  }

  @Test
  void severalAlphasAreCalibratedAtOnceAndTheUnattainableOnesNamed() {
    var validation = validation(0, 0, 0, 0);
    var calibration =
        ConformalCalibration.calibrate(
            new MaxLogit(validation.head()), validation, List.of(0.2, 0.05, 0.4));
    assertThat(calibration.scorer()).isEqualTo("max_logit");
    assertThat(calibration.thresholds())
        .extracting(AcceptanceThreshold::alpha)
        .containsExactly(0.2, 0.4);
    assertThat(calibration.unattainableAlphas()).containsExactly(0.05);
    assertThat(calibration.at(0.4).threshold()).isEqualTo(-1.5);
    assertThatThrownBy(() -> calibration.at(0.05))
        .hasMessage("alpha 0.05 needs at least 19 known validation images; there are 4");
    assertThatThrownBy(() -> calibration.at(0.3)).hasMessageContaining("there are [0.2, 0.4]");
  }

  @Test
  void unknownImagesAreRefused() {
    var validation = validation(0, -1);
    assertThatThrownBy(
            () ->
                ConformalCalibration.calibrate(
                    new MaxLogit(validation.head()), validation, List.of(0.5)))
        .hasMessageContaining("known validation images only; row 1 (id 'val/1')");
  }

  @Test
  void newKnownImagesAreRejectedWithinTheTwoBounds() {
    // Mean over many draws of validation and new scores; exact value 1 - E[accepted].
    var random = new Random(7);
    int draws = 4000;
    int n = 39;
    int rejected = 0;
    int trials = 0;
    var last = ConformalCalibration.threshold(new double[n], 0.1);
    for (int draw = 0; draw < draws; draw++) {
      var scores = random.doubles(n).map(u -> -Math.log(u)).toArray();
      last = ConformalCalibration.threshold(scores, 0.1);
      for (int i = 0; i < 20; i++) {
        rejected += last.accepts(-Math.log(random.nextDouble())) ? 0 : 1;
        trials++;
      }
    }
    assertThat(last.bound()).isCloseTo(0.1, within(1e-12));
    assertThat(last.lowerBound()).isCloseTo(0.075, within(1e-12));
    double standardError = 0.05 / Math.sqrt(draws);
    assertThat((double) rejected / trials)
        .isBetween(last.lowerBound() - 4 * standardError, last.bound() + 4 * standardError);
  }

  /** Row i has largest logit i + 1, so max_logit scores are -1, -2, ... */
  private static Predictions validation(int... labels) {
    var ids = IntStream.range(0, labels.length).mapToObj(i -> "val/" + i).toList();
    var logits = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      logits[i] = new float[] {i + 1, 0};
    }
    return Predictions.withoutEmbeddings(
        Head.linear(List.of("a", "b")), new Truth(ids, labels, ids), logits);
  }
}
