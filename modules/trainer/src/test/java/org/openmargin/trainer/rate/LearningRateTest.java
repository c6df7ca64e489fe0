package org.openmargin.trainer.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
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

  /**
   * The recipe of Vaze et al., "Open-set recognition: a good closed-set classifier is all you
   * need?" (2022): 600 epochs, a learning rate of 0.1, 10 epochs of warm-up, restarts after 200 and
   * 400. Their code keeps the rate for an epoch; here it changes at every step.
   */
  @Test
  void aCosineThatRestartsFollowsThePublishedRecipe() {
    var rate = new LearningRate(0.1, new Schedule.Cosine(1e-3, 2), 10);
    var expected =
        Map.of(
            10, 0.09938503261,
            50, 0.08536998372,
            100, 0.05005,
            150, 0.01473001628,
            199, 1.0616220754e-4,
            200, 0.1,
            300, 0.05005,
            400, 0.1,
            599, 1.0616220754e-4);
    expected.forEach(
        (epoch, value) ->
            assertThat(rate.at(epoch * 30L, 30, 600 * 30))
                .as("epoch %d", epoch)
                .isCloseTo(value, within(1e-8)));
    assertThat(rate.at(149, 30, 600 * 30)).isCloseTo(0.05, within(2e-4));
  }

  @Test
  void aRestartBeginsAtOneAndTheLastPartEndsAtItsLastShare() {
    assertThat(new Schedule.Cosine(0.2, 1).factor(1)).isEqualTo(0.2, within(1e-12));
    assertThat(new Schedule.Cosine(0.2, 1).factor(0.5)).isEqualTo(1);
    assertThat(new Schedule.Cosine(0.2, 1).factor(0.25)).isEqualTo(0.6, within(1e-12));
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
