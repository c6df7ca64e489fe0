package org.openmargin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.Arithmetic;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

class LayersTest {
  private static final Offset<Double> CLOSE = within(2e-5);

  @ParameterizedTest
  @CsvSource({
    "3, 1, 5, 4",
    "3, 2, 5, 4",
    "3, 2, 6, 7",
    "7, 2, 9, 8",
    "7, 2, 5, 5",
    "1, 2, 5, 4",
    "1, 1, 1, 1",
    "3, 1, 1, 1",
    "3, 2, 1, 1",
    "3, 2, 2, 2",
    "3, 2, 1, 2",
    "1, 2, 2, 2",
    "7, 2, 2, 1",
    "2, 1, 3, 3"
  })
  void convolutionEqualsAPlainLoop(int size, int stride, int h, int w) {
    try (var fixture = new GraphFixture()) {
      var x = new Images(2, h, w, 3, noise(1, 2 * h * w * 3));
      var y =
          Layers.conv(
              fixture.training().in("a"),
              fixture.tensor(x.values(), x.shape()),
              new ConvShape(size, stride, 4));
      fixture.initialize();
      var expected = Reference.conv(x, fixture.value("a.kernel"), size, stride, 4);
      assertThat(y.shape()).isEqualTo(Shape.of(expected.shape()));
      assertThat(fixture.value(y)).containsExactly(expected.values(), CLOSE);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 4", "6, 7", "1, 1", "2, 3"})
  void maxPoolEqualsAPlainLoopAndPaddingNeverWins(int h, int w) {
    try (var fixture = new GraphFixture()) {
      var negative = Arrays.stream(noise(2, 2 * h * w * 3)).map(v -> v - 3).toArray();
      var x = new Images(2, h, w, 3, negative);
      var y = Layers.maxPool(fixture.training(), fixture.tensor(x.values(), x.shape()));
      var expected = Reference.maxPool(x);
      assertThat(y.shape()).isEqualTo(Shape.of(expected.shape()));
      assertThat(fixture.value(y)).containsExactly(expected.values(), CLOSE);
    }
  }

  /** Window r covers rows 2 r - 1 to 2 r + 1, as PyTorch's MaxPool2d(3, 2, padding=1). */
  @ParameterizedTest
  @CsvSource({"5, 4", "6, 7", "1, 1", "2, 2"})
  void symmetricMaxPoolIsThatOfPyTorch(int h, int w) {
    try (var fixture = new GraphFixture()) {
      var x = new Images(1, h, w, 1, Arrays.stream(noise(2, h * w)).map(Math::abs).toArray());
      var map = fixture.tensor(x.values(), x.shape());
      var y = Layers.maxPool(fixture.training(), map, Layers.Padding.SYMMETRIC);
      var rows = (h + 1) / 2;
      var columns = (w + 1) / 2;
      var expected = new double[rows * columns];
      for (var place = 0; place < 9 * expected.length; place++) {
        var out = place / 9;
        var r = 2 * (out / columns) - 1 + place % 9 / 3;
        var c = 2 * (out % columns) - 1 + place % 3;
        if (r >= 0 && r < h && c >= 0 && c < w) {
          expected[out] = Math.max(expected[out], x.at(0, r, c, 0));
        }
      }
      assertThat(y.shape()).isEqualTo(Shape.of(1, rows, columns, 1));
      assertThat(fixture.value(y)).containsExactly(expected, CLOSE);
    }
  }

  @Test
  void globalMeanKeepsBatchAndChannels() {
    try (var fixture = new GraphFixture()) {
      var x = new Images(2, 3, 5, 4, noise(3, 120));
      var y = Layers.globalMean(fixture.training(), fixture.tensor(x.values(), x.shape()));
      assertThat(y.shape()).isEqualTo(Shape.of(2, 4));
      assertThat(fixture.value(y)).containsExactly(Reference.globalMean(x), CLOSE);
    }
  }

  @Test
  void reluCutsAtZero() {
    try (var fixture = new GraphFixture()) {
      var y = Layers.relu(fixture.training(), fixture.tensor(new double[] {-1, 0, 2}, 3));
      assertThat(fixture.value(y)).containsExactly(0, 0, 2);
    }
  }

  @Test
  void denseIsAProductAndABias() {
    try (var fixture = new GraphFixture()) {
      var x = noise(4, 15);
      var y = Layers.dense(fixture.training().in("head"), fixture.tensor(x, 3, 5), 4);
      fixture.initialize();
      var expected = Reference.product(x, fixture.value("head.weights"), 5);
      var bias = fixture.value("head.bias");
      for (var i = 0; i < expected.length; i++) {
        expected[i] += bias[i % 4];
      }
      assertThat(fixture.value(y)).containsExactly(expected, CLOSE);
    }
  }

  @Test
  void denseDrawsFromOneOverTheRootOfTheInputs() {
    try (var fixture = new GraphFixture()) {
      var unused = Layers.dense(fixture.training(), fixture.tensor(noise(4, 100), 1, 100), 50);
      fixture.initialize();
      assertThat(fixture.value("weights")).hasSize(5000);
      assertThat(largest(fixture.value("weights"))).isBetween(0.0995, 0.1);
      assertThat(largest(fixture.value("bias"))).isBetween(0.08, 0.1);
      assertThat(unused.shape()).isEqualTo(Shape.of(1, 50));
    }
  }

  @Test
  void normsAndBiasesAreNotDecayedButKernelsAre() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(4, 16), 2, 2, 2, 2);
      var net = fixture.training();
      var y = Layers.conv(net, x, new ConvShape(1, 1, 3));
      y = Layers.batchNorm(net, y, new Layers.NormSettings(0.1, 1e-5, 1));
      var unused = Layers.dense(net, Layers.globalMean(net, y), 2);
      assertThat(unused.shape()).isEqualTo(Shape.of(2, 2));
      assertThat(fixture.variable("kernel").role()).isEqualTo(new Variable.Trained(1, true));
      assertThat(fixture.variable("weights").role()).isEqualTo(new Variable.Trained(1, true));
      for (var name : List.of("scale", "offset", "bias")) {
        assertThat(fixture.variable(name).role()).isEqualTo(new Variable.Trained(1, false));
      }
      for (var name : List.of("mean", "variance")) {
        assertThat(fixture.variable(name).role()).isEqualTo(new Variable.Statistic());
      }
    }
  }

  @Test
  void cosinesDoNotDependOnLengths() {
    try (var fixture = new GraphFixture()) {
      var x = new double[] {3, 4, 0, 0, 0, -2};
      var y = Layers.cosines(fixture.training(), fixture.tensor(x, 2, 3), 2);
      fixture.initialize();
      fixture.assign("weights", 0, 0.001, 0, 100, 0, 100);
      var half = Math.sqrt(0.5);
      assertThat(fixture.value(y)).containsExactly(new double[] {.8, .6 * half, 0, -half}, CLOSE);
    }
  }

  @Test
  void aZeroRowStaysZeroAndHasAFiniteGradient() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(new double[] {0, 0, 3, 4}, 2, 2);
      var y = Layers.normalize(fixture.training(), x);
      assertThat(fixture.value(y)).containsExactly(new double[] {0, 0, .6, .8}, CLOSE);
      var gradient = fixture.value(fixture.gradients(y, List.of(x)).get(0));
      assertThat(Arrays.stream(gradient)).hasSize(4).allMatch(Double::isFinite);
    }
  }

  @Test
  void halfPrecisionKeepsWeightsInFullPrecisionAndStaysClose() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.training().with(Arithmetic.BFLOAT16);
      var x = new Images(2, 4, 4, 3, noise(5, 96));
      var half = net.cast(fixture.tensor(x.values(), x.shape()), TBfloat16.class);
      var conv = Layers.conv(net, half, new ConvShape(3, 1, 4));
      var norm = Layers.batchNorm(net, conv, new Layers.NormSettings(0.1, 1e-5, 1));
      var pooled = Layers.globalMean(net, Layers.maxPool(net, Layers.relu(net, norm)));
      fixture.initialize();
      assertThat(pooled.type()).isEqualTo(TBfloat16.class);
      var kernel = fixture.value("kernel");
      var y = Reference.conv(x, kernel, 3, 1, 4);
      y = Reference.norm(y, Reference.moments(y), ones(4), new double[4], 1e-5);
      var expected = Reference.globalMean(Reference.maxPool(Reference.relu(y)));
      assertThat(fixture.value(net.cast(pooled, TFloat32.class)))
          .containsExactly(expected, within(0.05));
      fixture.update(0);
      assertThat(fixture.value("mean")).doesNotContain(0);
      var loss = net.tf().reduceSum(net.cast(pooled, TFloat32.class), net.tf().array(0, 1));
      var weight = fixture.variable("kernel").value();
      var gradient = fixture.value(fixture.gradients(loss, List.of(weight)).get(0));
      assertThat(Arrays.stream(gradient)).hasSize(kernel.length).allMatch(Double::isFinite);
      assertThat(Arrays.stream(gradient)).anyMatch(g -> Math.abs(g) > 0.01);
    }
  }

  private static double[] ones(int count) {
    var ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }
}
