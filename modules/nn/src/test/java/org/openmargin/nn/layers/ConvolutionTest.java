package org.openmargin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.Arithmetic;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.layers.Convolution.Steps;
import org.openmargin.nn.layers.Layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ConvolutionTest {
  private static final int BATCH = 2;
  private static final int IN = 64;
  private static final int OUT = 65;

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 3", "2, 2", "3, 3", "4, 4", "5, 2", "7, 7", "8, 9", "16, 13"})
  void winogradEqualsAPlainLoopAndItsGradientsThePlainLoopsToo(int h, int w) {
    try (var fixture = new GraphFixture()) {
      check(fixture, new Images(BATCH, h, w, IN, noise(1, BATCH * h * w * IN)), 3, 1);
      assertThat(operations(fixture)).contains("BatchMatMulV2").doesNotContain("Conv2D");
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 1, 1", "3, 2, 2, 2", "3, 2, 1, 2", "1, 2, 2, 2", "7, 2, 2, 1", "2, 2, 2, 2"})
  void anOutputOfOnePlaceIsAMatrixProduct(int size, int stride, int h, int w) {
    try (var fixture = new GraphFixture()) {
      check(fixture, new Images(BATCH, h, w, IN, noise(1, BATCH * h * w * IN)), size, stride);
      assertThat(operations(fixture)).contains("MatMul").doesNotContain("Conv2D");
    }
  }

  /** Even and odd sizes, maps smaller than the kernel, maps of one and two pixels. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, 5, 4",
    "3, 2, 6, 5",
    "3, 2, 2, 2",
    "3, 2, 1, 2",
    "3, 2, 1, 1",
    "7, 2, 8, 9",
    "7, 2, 2, 2",
    "7, 2, 3, 2",
    "1, 2, 5, 4",
    "5, 3, 7, 9"
  })
  void symmetricPaddingIsThatOfPyTorch(int size, int stride, int h, int w) {
    try (var fixture = new GraphFixture()) {
      var x = new Images(BATCH, h, w, IN, noise(1, BATCH * h * w * IN));
      check(fixture, x, size, new Steps(stride, Padding.SYMMETRIC));
    }
  }

  /** As a single operation, oneDNN crashes the process. */
  @Test
  void aStrided1x1ConvolutionOfFewChannelsIsOfEveryStridedPlace() {
    try (var fixture = new GraphFixture()) {
      var x = new Images(16, 64, 64, 8, noise(1, 16 * 64 * 64 * 8));
      check(fixture, x, 1, 2);
    }
  }

  /** A convolution is linear in both arguments: so its gradients follow from itself. */
  private static void check(GraphFixture fixture, Images x, int size, int stride) {
    check(fixture, x, size, same(stride));
  }

  private static Steps same(int stride) {
    return new Steps(stride, Padding.SAME);
  }

  private static Images reference(Images x, double[] kernel, int size, Steps steps) {
    var symmetric = steps.padding() == Padding.SYMMETRIC;
    return symmetric
        ? Reference.symmetricConv(x, kernel, size, steps.stride(), OUT)
        : Reference.conv(x, kernel, size, steps.stride(), OUT);
  }

  private static void check(GraphFixture fixture, Images x, int size, Steps steps) {
    var kernel = noise(2, size * size * x.c() * OUT);
    var images = fixture.tensor(x.values(), x.shape());
    var weights = fixture.tensor(kernel, size, size, x.c(), OUT);
    var net = fixture.training().with(Arithmetic.WINOGRAD);
    var y = Convolution.of(net, images, weights, steps);
    var expected = reference(x, kernel, size, steps);
    var seed = noise(3, expected.values().length);
    var loss = fixture.tf().math.mul(y, fixture.tensor(seed, expected.shape()));
    var operands = new ArrayList<Operand<TFloat32>>(List.of(y));
    operands.addAll(fixture.gradients(loss, List.of(images, weights)));
    var values = fixture.values(0, operands);

    assertThat(y.shape()).isEqualTo(Shape.of(expected.shape()));
    assertThat(largestDifference(values.get(0), expected.values()))
        .isLessThan(1e-5 * size * size * IN);

    var dx = x.with(noise(4, x.values().length));
    var along = reference(dx, kernel, size, steps);
    assertThat(product(values.get(1), dx.values()))
        .isCloseTo(product(along.values(), seed), within(2e-5 * length(along.values(), seed)));
    var dw = noise(5, kernel.length);
    var moved = reference(x, dw, size, steps);
    assertThat(product(values.get(2), dw))
        .isCloseTo(product(moved.values(), seed), within(2e-5 * length(moved.values(), seed)));
  }

  @Test
  void theGradientOfWinogradsProductsIsAsFastAsTheProducts() {
    try (var fixture = new GraphFixture()) {
      check(fixture, new Images(BATCH, 5, 5, IN, noise(1, BATCH * 25 * IN)), 3, 1);
      assertThat(operations(fixture)).doesNotContain("BatchMatMulV3");
    }
  }

  @ParameterizedTest
  @CsvSource({"17, 64, 3, 1", "8, 63, 3, 1", "8, 64, 1, 1", "8, 64, 3, 2"})
  void isDirectWhereNothingElsePays(int edge, int channels, int size, int stride) {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, edge * edge * channels), 1, edge, edge, channels);
      var kernel = fixture.tensor(noise(2, size * size * channels * 64), size, size, channels, 64);
      Convolution.of(fixture.training().with(Arithmetic.WINOGRAD), x, kernel, same(stride));
      assertThat(operations(fixture)).contains("Conv2D");
    }
  }

  @Test
  void isDirectByDefault() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 16 * IN), 1, 4, 4, IN);
      var kernel = fixture.tensor(noise(2, 9 * IN * IN), 3, 3, IN, IN);
      Convolution.of(fixture.training(), x, kernel, same(1));
      assertThat(operations(fixture)).contains("Conv2D");
    }
  }

  private static List<String> operations(GraphFixture fixture) {
    var types = new ArrayList<String>();
    fixture.graph().operations().forEachRemaining(op -> types.add(op.type()));
    return types;
  }

  private static double largestDifference(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  private static double product(double[] a, double[] b) {
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double length(double[] a, double[] b) {
    return Math.sqrt(product(a, a) * product(b, b));
  }
}
