package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void multistepDropsAtItsPoints() {
    var rate = new LearningRate(1e-3, new Schedule.Multistep(List.of(0.5, 0.75), 0.1), 0);
    assertThat(rate.at(0, 10, 100)).isEqualTo(1e-3);
    assertThat(rate.at(49, 10, 100)).isEqualTo(1e-3);
    assertThat(rate.at(50, 10, 100)).isEqualTo(1e-4, within(1e-12));
    assertThat(rate.at(75, 10, 100)).isEqualTo(1e-5, within(1e-12));
  }

  @Test
  void cosineFallsFromOneToItsLastShare() {
    var cosine = new Schedule.Cosine(0.2);
    assertThat(cosine.factor(0)).isEqualTo(1);
    assertThat(cosine.factor(0.5)).isEqualTo(0.6, within(1e-12));
    assertThat(cosine.factor(1)).isEqualTo(0.2, within(1e-12));
  }

  @Test
  void warmUpRisesLinearlyToTheSchedule() {
    var rate = new LearningRate(0.1, new Schedule.Constant(), 2);
    assertThat(rate.at(0, 5, 50)).isEqualTo(0.01, within(1e-12));
    assertThat(rate.at(4, 5, 50)).isEqualTo(0.05, within(1e-12));
    assertThat(rate.at(9, 5, 50)).isEqualTo(0.1);
    assertThat(rate.at(49, 5, 50)).isEqualTo(0.1);
  }
}
