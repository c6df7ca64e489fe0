package org.openmargin.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FailurePictureTest {

  @Test
  void heatIsBilinearBetweenTheCentresOfCells() {
    var map = new float[][] {{0, 1}, {0.5f, 0.5f}};
    assertThat(FailurePicture.at(map, 0.25, 0.25)).isZero();
    assertThat(FailurePicture.at(map, 0, 1)).isEqualTo(1);
    assertThat(FailurePicture.at(map, 0.25, 0.5)).isEqualTo(0.5);
    assertThat(FailurePicture.at(map, 1, 0)).isEqualTo(0.5);
    assertThat(FailurePicture.at(map, 0.5, 0.75)).isCloseTo(0.75, within(1e-9));
    assertThat(FailurePicture.at(new float[][] {{0.3f}}, 0.9, 0.1)).isEqualTo(0.3f);
  }
}
