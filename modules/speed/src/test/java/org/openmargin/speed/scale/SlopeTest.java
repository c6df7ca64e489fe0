package org.openmargin.speed.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.speed.scale.Slope.Point;

class SlopeTest {
  @Test
  void pointsOnALineGiveTheLine() {
    var slope = Slope.of(List.of(new Point(1, 7), new Point(2, 10), new Point(5, 19)));
    assertThat(slope.each()).isCloseTo(3, within(1e-12));
    assertThat(slope.fixed()).isCloseTo(4, within(1e-12));
    assertThat(slope.at(100)).isCloseTo(304, within(1e-9));
    assertThat(slope.reaches(304)).isCloseTo(100, within(1e-9));
  }

  /** By hand: means 2 and 4, sum of products 5 - ... = 4, of squares 2. */
  @Test
  void otherPointsGiveTheLineOfLeastSquares() {
    var slope = Slope.of(List.of(new Point(1, 2), new Point(2, 4), new Point(3, 6.6)));
    assertThat(slope.each()).isCloseTo(4.6 / 2, within(1e-12));
    assertThat(slope.at(2)).isCloseTo(12.6 / 3, within(1e-12));
  }

  @Test
  void aRowNamesTheTarget() {
    var growth = new Growth("twice", "s", new int[] {1, 2, 4}, 1000, size -> 2.0 * size);
    assertThat(growth.row())
        .isEqualTo("| twice, s | 1: 2.00; 2: 4.00; 4: 8.00 | 2.00e+06 | 1,000: 2.00e+03 |");
  }
}
