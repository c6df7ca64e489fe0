package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.loss.SoftmaxCrossEntropy.Smoothing;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Variable;
import org.tensorflow.ndarray.Shape;

class SoftmaxCrossEntropyTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final double[] LOGITS = {2, 0.5, -1, 0, 0.1, 0.2, -1, 3, 1};
  private static final int[] LABELS = {0, 2, 1};

  /**
   * From the code of DIAS (all classes) and of Vaze et al. (other classes), in double precision.
   */
  @ParameterizedTest
  @CsvSource({
    "0.0, ALL_CLASSES, 0.46206192446210026",
    "0.5, ALL_CLASSES, 1.062061956114012",
    "0.0, OTHER_CLASSES, 0.46206192446210026",
    "0.3, OTHER_CLASSES, 1.0020619459197724",
    "0.9, OTHER_CLASSES, 2.082061871218867"
  })
  void lossEqualsThePublishedCode(double smoothing, Smoothing where, double expected) {
    try (var fixture = new GraphFixture()) {
      var softmax = new SoftmaxCrossEntropy(3, smoothing, where);
      var loss =
          softmax.loss(
              fixture.training(), fixture.tensor(LOGITS, 3, 3), fixture.tf().constant(LABELS));
      fixture.initialize();
      fixture.assign("weights", 1, 0, 0, 0, 1, 0, 0, 0, 1);
      fixture.assign("bias", 0, 0, 0);
      assertThat(loss.shape()).isEqualTo(Shape.scalar());
      assertThat(fixture.value(loss)[0]).isCloseTo(expected, CLOSE);
    }
  }

  /** The limit that a GAN's fakes are trained with: every class is as right as every other. */
  @Test
  void anEvenTargetGivesTheVectorOfFullSmoothing() {
    try (var fixture = new GraphFixture()) {
      var target = fixture.tf().fill(fixture.tf().array(3, 3), fixture.tf().constant(1 / 3f));
      var net = fixture.training();
      var rows = CrossEntropy.perRow(net, fixture.tensor(LOGITS, 3, 3), target);
      assertThat(rows.shape()).isEqualTo(Shape.of(3));
      assertThat(fixture.value(CrossEntropy.mean(net, rows))[0])
          .isCloseTo(1.6620619739954055, CLOSE);
    }
  }

  @Test
  void logitsAreADenseLayerAndShareItsVariablesWithTheLoss() {
    try (var fixture = new GraphFixture()) {
      var softmax = new SoftmaxCrossEntropy(4, 0.1, Smoothing.ALL_CLASSES);
      var x = noise(1, 10);
      var input = fixture.tensor(x, 2, 5);
      var loss = softmax.loss(fixture.training(), input, fixture.tf().constant(new int[] {3, 0}));
      var logits = softmax.logits(fixture.inference(), input);
      fixture.initialize();
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactlyInAnyOrder("weights", "bias");
      var values = logits(x, fixture.value("weights"), fixture.value("bias"));
      assertThat(fixture.value(logits)).containsExactly(values, within(1e-5));
      assertThat(fixture.value(loss)[0])
          .isCloseTo(smoothed(values, new int[] {3, 0}, 0.1), within(1e-5));
    }
  }

  @Test
  void gradientsEqualFiniteDifferences() {
    try (var fixture = new GraphFixture()) {
      var softmax = new SoftmaxCrossEntropy(4, 0.2, Smoothing.ALL_CLASSES);
      var x = noise(2, 15);
      var labels = new int[] {3, 0, 1};
      var input = fixture.tensor(x, 3, 5);
      var loss = softmax.loss(fixture.training(), input, fixture.tf().constant(labels));
      fixture.initialize();
      var weights = fixture.value("weights");
      var bias = fixture.value("bias");
      var of =
          List.of(input, fixture.variable("weights").value(), fixture.variable("bias").value());
      var gradients = fixture.values(0, fixture.gradients(loss, of));
      assertThat(gradients.get(0))
          .containsExactly(
              Reference.gradient(v -> smoothed(logits(v, weights, bias), labels, 0.2), x),
              within(1e-5));
      assertThat(gradients.get(1))
          .containsExactly(
              Reference.gradient(v -> smoothed(logits(x, v, bias), labels, 0.2), weights),
              within(1e-5));
      assertThat(gradients.get(2))
          .containsExactly(
              Reference.gradient(v -> smoothed(logits(x, weights, v), labels, 0.2), bias),
              within(1e-5));
    }
  }

  @Test
  void thereIsNoOpenClassAndNoScale() {
    try (var fixture = new GraphFixture()) {
      var softmax = new SoftmaxCrossEntropy(4, 0, Smoothing.ALL_CLASSES);
      assertThat(softmax.hasOpenClass()).isFalse();
      assertThat(softmax.isCosine()).isFalse();
      assertThat(fixture.value(softmax.scale(fixture.inference()))).containsExactly(1);
      assertThat(fixture.variables().all()).isEmpty();
    }
  }

  @Test
  void veryLargeLogitsStayFinite() {
    try (var fixture = new GraphFixture()) {
      var softmax = new SoftmaxCrossEntropy(2, 0, Smoothing.OTHER_CLASSES);
      var loss =
          softmax.loss(
              fixture.training(),
              fixture.tensor(new double[] {1e6, -1e6}, 1, 2),
              fixture.tf().constant(new int[] {1}));
      fixture.initialize();
      fixture.assign("weights", 1, 0, 0, 1);
      fixture.assign("bias", 0, 0);
      assertThat(fixture.value(loss)[0]).isCloseTo(2e6, within(1.0));
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    for (var smoothing : List.of(-0.1, 1.0, Double.NaN)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SoftmaxCrossEntropy(3, smoothing, Smoothing.ALL_CLASSES))
          .withMessageContaining(smoothing.toString());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SoftmaxCrossEntropy(1, 0, Smoothing.ALL_CLASSES))
        .withMessageContaining("two classes");
  }

  private static double[] logits(double[] x, double[] weights, double[] bias) {
    var logits = Reference.product(x, weights, 5);
    for (var i = 0; i < logits.length; i++) {
      logits[i] += bias[i % 4];
    }
    return logits;
  }

  /** Four classes: {@code (1 - a) (-log p_y) + a mean_k (-log p_k)}, mean over rows. */
  private static double smoothed(double[] logits, int[] labels, double a) {
    var total = 0.0;
    for (var row = 0; row < labels.length; row++) {
      var sum = 0.0;
      var mean = 0.0;
      for (var k = 0; k < 4; k++) {
        sum += Math.exp(logits[4 * row + k]);
        mean += logits[4 * row + k] / 4;
      }
      total += Math.log(sum) - (1 - a) * logits[4 * row + labels[row]] - a * mean;
    }
    return total / labels.length;
  }
}
