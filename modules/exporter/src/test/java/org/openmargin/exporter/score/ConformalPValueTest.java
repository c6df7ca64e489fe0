package org.openmargin.exporter.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.scoring.calibration.Calibration;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;

class ConformalPValueTest {

  /** Scores on a grid, so that some are equal to calibration scores. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 100})
  void graphAndCalibrationAgreeAlsoOnTiesAndBeyondTheEnds(int n) {
    var random = new Random(n);
    var calibrating =
        IntStream.range(0, n).mapToObj(i -> (double) random.nextInt(9)).sorted().toList();
    var calibration = new Calibration("any", calibrating, List.of(), List.of());
    var scores = new float[60];
    for (var i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(22) / 2f - 1;
    }
    scores[0] = Float.NaN;
    scores[1] = Float.POSITIVE_INFINITY;
    scores[2] = Float.NEGATIVE_INFINITY;
    scores[3] = -1e30f;
    scores[4] = 1e30f;
    for (var plain : List.of(true, false)) {
      var found = pValues(scores, calibration, plain);
      for (var i = 0; i < scores.length; i++) {
        assertThat(found[i]).as("%s", scores[i]).isEqualTo((float) calibration.pValue(scores[i]));
      }
      assertThat(found[0]).isZero();
      assertThat(found[4]).isEqualTo(1 / (n + 1f));
      assertThat(found[3]).isOne();
    }
  }

  private static float[] pValues(float[] scores, Calibration calibration, boolean plain) {
    var found = new float[scores.length];
    try (var eager = EagerSession.create()) {
      var tf = Ops.create(eager);
      try (var tensor =
          ConformalPValue.of(tf, tf.constant(scores), calibration, plain).asTensor()) {
        tensor.copyTo(DataBuffers.of(found, false, false));
      }
    }
    return found;
  }
}
