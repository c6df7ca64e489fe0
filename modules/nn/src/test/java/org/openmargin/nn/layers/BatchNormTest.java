package org.openmargin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.layers.Layers.NormSettings;

class BatchNormTest {
  private static final Offset<Double> CLOSE = within(2e-5);
  private static final NormSettings SETTINGS = new NormSettings(0.3, 1e-3, 1);
  private static final double[] SCALE = {2, -1, 0.5};
  private static final double[] OFFSET = {0.1, 0, -3};

  private final Images x = new Images(4, 3, 2, 3, noise(1, 72));

  @Test
  void trainingUsesTheStatisticsOfTheBatch() {
    try (var fixture = new GraphFixture()) {
      var y = Layers.batchNorm(fixture.training(), fixture.tensor(x.values(), x.shape()), SETTINGS);
      start(fixture);
      fixture.assign("mean", 5, 5, 5);
      var expected = Reference.norm(x, Reference.moments(x), SCALE, OFFSET, 1e-3);
      assertThat(fixture.value(y)).containsExactly(expected.values(), CLOSE);
    }
  }

  @Test
  void runningStatisticsFollowTheBatchWithTheUnbiasedVariance() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x.values(), x.shape());
      var unused = Layers.batchNorm(fixture.training().in("norm"), input, SETTINGS);
      assertThat(unused.shape()).isEqualTo(input.shape());
      fixture.initialize();
      var batch = Reference.moments(x);
      var mean = new double[3];
      var variance = new double[] {1, 1, 1};
      for (var step = 0; step < 3; step++) {
        fixture.update(step);
        for (var c = 0; c < 3; c++) {
          mean[c] = 0.7 * mean[c] + 0.3 * batch[0][c];
          variance[c] = 0.7 * variance[c] + 0.3 * batch[1][c] * 24 / 23;
        }
        assertThat(fixture.value("norm.mean")).containsExactly(mean, CLOSE);
        assertThat(fixture.value("norm.variance")).containsExactly(variance, CLOSE);
      }
    }
  }

  @Test
  void inferenceUsesTheRunningStatisticsAndKeepsThem() {
    try (var fixture = new GraphFixture()) {
      var y =
          Layers.batchNorm(fixture.inference(), fixture.tensor(x.values(), x.shape()), SETTINGS);
      start(fixture);
      var running = new double[][] {{1, -2, 0.5}, {4, 0.25, 1}};
      fixture.assign("mean", running[0]);
      fixture.assign("variance", running[1]);
      var expected = Reference.norm(x, running, SCALE, OFFSET, 1e-3);
      assertThat(fixture.value(y)).containsExactly(expected.values(), CLOSE);
      assertThat(fixture.variables().updates()).isEmpty();
    }
  }

  @Test
  void firstScaleZeroStartsAtTheOffset() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x.values(), x.shape());
      var y = Layers.batchNorm(fixture.training(), input, new NormSettings(0.1, 1e-5, 0));
      fixture.initialize();
      assertThat(fixture.value(y)).containsOnly(0);
    }
  }

  @Test
  void aChannelWithoutSpreadStaysFinite() {
    try (var fixture = new GraphFixture()) {
      var y =
          Layers.batchNorm(
              fixture.training(), fixture.tensor(new double[] {3, 3}, 2, 1, 1, 1), SETTINGS);
      fixture.initialize();
      fixture.update(0);
      assertThat(fixture.value(y)).containsExactly(0, 0);
      assertThat(fixture.value("variance")).containsExactly(new double[] {0.7}, CLOSE);
    }
  }

  private static void start(GraphFixture fixture) {
    fixture.initialize();
    fixture.assign("scale", SCALE);
    fixture.assign("offset", OFFSET);
  }
}
