package org.openmargin.scoring.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sample(List<float[]> logits, int[] labels) {}

  /** Labels are drawn with the probabilities of the logits at a temperature. */
  private static Sample drawn(int n, double temperature, long seed) {
    var random = new Random(seed);
    var logits = new ArrayList<float[]>();
    var labels = new int[n];
    for (var row = 0; row < n; row++) {
      var z = new float[5];
      for (var j = 0; j < z.length; j++) {
        z[j] = (float) (4 * random.nextGaussian());
      }
      logits.add(z);
      var left = random.nextDouble();
      for (var j = 0; j < z.length && left > 0; j++) {
        labels[row] = j;
        left -= Temperature.probability(z, j, temperature);
      }
    }
    return new Sample(logits, labels);
  }

  @Test
  void findsTheTemperatureThatMadeTheLabels() {
    for (var wanted : List.of(0.5, 1.0, 2.5)) {
      var sample = drawn(2500, wanted, 3);
      var scaling = TemperatureScaling.of(sample.logits(), sample.labels(), 5, 1);
      assertThat(scaling.temperature()).isCloseTo(wanted, within(0.08 * wanted));
      if (wanted != 1) {
        assertThat(scaling.eceAfter()).isLessThan(0.5 * scaling.eceBefore());
        assertThat(scaling.lossAfter()).isLessThan(scaling.lossBefore());
      }
    }
  }

  /** The slope of the loss is zero there, by differences. */
  @Test
  void noOtherTemperatureHasASmallerLoss() {
    var sample = drawn(300, 1.7, 5);
    var all = new Temperature(sample.logits(), sample.labels());
    var best = all.fitted();
    assertThat(all.loss(best)).isLessThan(all.loss(1.01 * best)).isLessThan(all.loss(0.99 * best));
  }

  @Test
  void afterIsJudgedOnImagesThatWereNotFitted() {
    var sample = drawn(60, 3, 9);
    var all = new Temperature(sample.logits(), sample.labels());
    var scaling = TemperatureScaling.of(sample.logits(), sample.labels(), 5, 1);
    assertThat(scaling.lossAfter()).isGreaterThan(all.loss(scaling.temperature()));
    assertThat(scaling.lossBefore()).isCloseTo(all.loss(1), within(1e-12));
  }

  @Test
  void imagesThatAreAllClassifiedRightHaveNoTemperature() {
    var logits = new ArrayList<float[]>();
    for (var i = 0; i < 60; i++) {
      logits.add(new float[] {2, 1});
    }
    assertThatThrownBy(() -> TemperatureScaling.of(logits, new int[60], 2, 1))
        .hasMessageContaining("are classified right");
    assertThatThrownBy(() -> TemperatureScaling.of(logits.subList(0, 49), new int[49], 2, 1))
        .hasMessage("a temperature needs at least 50 labelled images; there are 49");
  }
}
