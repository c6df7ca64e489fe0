package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValidationMeasuresTest {

  @Test
  void theLossIsTheMeanCrossEntropyOfAllLogits() {
    var logits = new float[][] {{2, 1, 0}, {0, 3, -1}};
    var first = -Math.log(Math.exp(2) / (Math.exp(2) + Math.exp(1) + 1));
    var second = -Math.log(1 / (1 + Math.exp(3) + Math.exp(-1)));
    assertThat(ValidationMeasures.crossEntropy(logits, new int[] {0, 0}))
        .isCloseTo((first + second) / 2, within(1e-12));
  }

  @Test
  void equalLogitsGiveTheLogarithmOfTheirNumber() {
    assertThat(ValidationMeasures.crossEntropy(new float[1][8], new int[] {3}))
        .isCloseTo(Math.log(8), within(1e-12));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(ValidationMeasures.crossEntropy(new float[][] {{3e4f, -3e4f}}, new int[] {1}))
        .isCloseTo(6e4, within(1e-6));
  }
}
