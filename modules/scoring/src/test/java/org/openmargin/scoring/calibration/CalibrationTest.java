package org.openmargin.scoring.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  /** Also with ties: scores are whole numbers. */
  @Test
  void aThresholdAcceptsExactlyWhereThePValueIsAboveAlpha() {
    var random = new Random(4);
    for (var n : List.of(3, 19, 20, 99)) {
      var scores = IntStream.range(0, n).mapToDouble(i -> random.nextInt(40)).toArray();
      var limits = ConformalCalibration.limits(scores);
      for (var alpha : List.of(0.05, 0.1, 0.25, 0.5, 0.9)) {
        if (ConformalCalibration.leastImages(alpha) <= n) {
          var threshold = ConformalCalibration.threshold(scores, alpha);
          var calibration = new Calibration("any", limits, List.of(threshold), List.of());
          for (var score = -1.0; score < 42; score += 0.25) {
            assertThat(calibration.pValue(score) > alpha)
                .as("n %d, alpha %s, score %s", n, alpha, score)
                .isEqualTo(threshold.accepts(score));
          }
        }
      }
    }
  }

  @Test
  void pValuesCountTheImageItselfAndAreNothingForWhatIsNoNumber() {
    var calibration = new Calibration("any", List.of(1.0, 2.0, 2.0, 5.0), List.of(), List.of());
    assertThat(calibration.pValue(0)).isEqualTo(1);
    assertThat(calibration.pValue(2)).isEqualTo(0.8);
    assertThat(calibration.pValue(6)).isEqualTo(0.2);
    assertThat(calibration.pValue(Double.NaN)).isZero();
    assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isZero();
    assertThat(calibration.validationImages()).isEqualTo(4);
    assertThat(new ArrayList<>(calibration.scores())).hasSize(4);
  }
}
