package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Mixup;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Mixup against plain Java: the share, the images, the loss and its gradient. */
class MixupTest {
  private static final int IMAGES = 3;
  private static final int CLASSES = 4;
  private static final int[] LABELS = {2, 0, 3};
  private static final InputFormat FORMAT = InputFormat.of(1, 2, 1);
  private static final double CLOSE = 2e-5;

  /** The two pixels, over 100. */
  private record Pixels() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      return net.scaled(0.01, net.tf().reshape(images, net.tf().array(-1, 2)));
    }

    @Override
    public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
      return pixels;
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 2;
    }
  }

  private static double[] pixels() {
    return new double[] {10, 200, 30, 40, 250, 60};
  }

  private static OpenSetNetwork network(OpenSetLoss head) {
    return new OpenSetNetwork(FORMAT, new Pixels(), head);
  }

  private static OpenSetLoss softmax() {
    return new SoftmaxCrossEntropy(CLASSES, 0.1, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES);
  }

  private static Operand<TFloat32> images(GraphFixture fixture) {
    return fixture.tensor(pixels(), IMAGES, 1, 2, 1);
  }

  /** l, from images of 255 beside images of 0. */
  private static double[] shares(double alpha, int steps) {
    try (var fixture = new GraphFixture()) {
      var images = fixture.tensor(new double[] {1, 0}, 2, 1, 1, 1);
      var mixed = new Mixup(alpha).mixed(fixture.training(), images);
      var shares = new double[steps];
      for (var step = 0; step < steps; step++) {
        var rows = fixture.values(step, List.of(mixed)).get(0);
        assertThat(rows[0] + rows[1]).isEqualTo(1, within(1e-6));
        shares[step] = rows[0];
      }
      return shares;
    }
  }

  /** Beta(a, a) has mean 1/2 and variance 1 / (4 (2 a + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 5})
  void theShareIsFromABetaDistribution(double alpha) {
    var shares = shares(alpha, 4000);
    var mean = 0.0;
    var square = 0.0;
    for (var share : shares) {
      assertThat(share).isBetween(0.0, 1.0);
      mean += share / shares.length;
      square += share * share / shares.length;
    }
    assertThat(mean).isEqualTo(0.5, within(0.03));
    assertThat(square - mean * mean).isEqualTo(1 / (4 * (2 * alpha + 1)), within(0.012));
    assertThat(shares(alpha, 5)).containsExactly(Arrays.copyOf(shares, 5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-5})
  void aSmallAlphaMixesNothing(double alpha) {
    var shares = shares(alpha, 200);
    assertThat(DoubleStream.of(shares)).allMatch(share -> share < 0.01 || share > 0.99);
    assertThat(DoubleStream.of(shares)).anyMatch(share -> share < 0.01);
    assertThat(DoubleStream.of(shares)).anyMatch(share -> share > 0.99);
  }

  @Test
  void withoutAlphaImagesAndLossAreThemselves() {
    try (var fixture = new GraphFixture()) {
      var images = images(fixture);
      assertThat(Mixup.NONE.mixed(fixture.training(), images)).isSameAs(images);
      var network = network(softmax());
      assertThat(Mixup.NONE.of(network)).isSameAs(network);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Mixup(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Mixup(Double.NaN));
  }

  /** Mean of the smoothed cross-entropies, mixed by hand. */
  private static double expected(double[] weights, double[] bias, double l) {
    var x = pixels();
    var sum = 0.0;
    for (var i = 0; i < IMAGES; i++) {
      var j = (i + 1) % IMAGES;
      var logits = new double[CLASSES];
      var total = 0.0;
      for (var k = 0; k < CLASSES; k++) {
        logits[k] = bias[k];
        for (var d = 0; d < 2; d++) {
          logits[k] += 0.01 * (l * x[2 * i + d] + (1 - l) * x[2 * j + d]) * weights[k * 2 + d];
        }
        total += Math.exp(logits[k]);
      }
      for (var k = 0; k < CLASSES; k++) {
        var hard = (k == LABELS[i] ? l : 0) + (k == LABELS[j] ? 1 - l : 0);
        sum -= (0.9 * hard + 0.1 / CLASSES) * (logits[k] - Math.log(total)) / IMAGES;
      }
    }
    return sum;
  }

  @Test
  void theLossIsThatOfMixedLabelsOnMixedImagesAndItsGradientIsItsSlope() {
    var mixup = new Mixup(1);
    try (var fixture = new GraphFixture()) {
      var net = fixture.training();
      var mixed = mixup.mixed(net, images(fixture));
      var loss = mixup.of(network(softmax())).loss(net, mixed, net.tf().constant(LABELS));
      var kernel =
          fixture.variables().trained().stream()
              .filter(v -> v.shape().numDimensions() == 2)
              .findFirst()
              .orElseThrow();
      var bias =
          fixture.variables().trained().stream()
              .filter(v -> v.shape().numDimensions() == 1)
              .findFirst()
              .orElseThrow();
      var gradient = fixture.gradients(loss, List.of(kernel.value())).get(0);
      fixture.initialize();
      var weights = GraphFixture.noise(3, 2 * CLASSES);
      var offsets = GraphFixture.noise(4, CLASSES);
      fixture.assign(kernel.name(), weights);
      fixture.assign(bias.name(), offsets);
      var seen = new ArrayList<Double>();
      for (var step = 0; step < 5; step++) {
        var values = fixture.values(step, List.of(mixed, loss, gradient));
        var x = pixels();
        var l = (values.get(0)[0] - x[2]) / (x[0] - x[2]);
        seen.add(l);
        assertThat(values.get(1)[0]).isEqualTo(expected(weights, offsets, l), within(CLOSE));
        for (var i = 0; i < weights.length; i++) {
          var step1 = 1e-4;
          var up = weights.clone();
          var down = weights.clone();
          up[i] += step1;
          down[i] -= step1;
          var slope = (expected(up, offsets, l) - expected(down, offsets, l)) / (2 * step1);
          assertThat(values.get(2)[i]).isEqualTo(slope, within(CLOSE));
        }
      }
      assertThat(seen).doesNotHaveDuplicates();
    }
  }

  @Test
  void lossesForOneLabelSayThatTheyAre() {
    assertThat(softmax().takesMixedLabels()).isTrue();
    assertThat(new NormFace(CLASSES, 16).takesMixedLabels()).isTrue();
    assertThat(new CosFace(CLASSES, 0, 16).takesMixedLabels()).isTrue();
    assertThat(new CosFace(CLASSES, 0.1, 16).takesMixedLabels()).isFalse();
    assertThat(new ArcFace(CLASSES, 0, 16).takesMixedLabels()).isTrue();
    assertThat(new ArcFace(CLASSES, 0.1, 16).takesMixedLabels()).isFalse();
    assertThat(new Nmcl(CLASSES, 0, 16).takesMixedLabels()).isTrue();
    assertThat(new Nmcl(CLASSES, -0.1, 16).takesMixedLabels()).isFalse();
    assertThat(new Gcpl(CLASSES, 0, 1).takesMixedLabels()).isTrue();
    assertThat(new Gcpl(CLASSES, 0.1, 1).takesMixedLabels()).isFalse();
    assertThat(new Arpl(CLASSES, 0.1, 1).takesMixedLabels()).isFalse();
  }

  /** Equal to cross-entropy with mixed labels only where the loss is linear in the label. */
  @Test
  void aMixedHeadIsTheHeadOtherwise() {
    var network = network(new NormFace(CLASSES, 16));
    var mixed = new Mixup(1).of(network).head();
    assertThat(mixed.isCosine()).isTrue();
    assertThat(mixed.hasOpenClass()).isFalse();
    assertThat(mixed.passesPerEpoch()).isEqualTo(1);
    try (var fixture = new GraphFixture()) {
      var net = fixture.training();
      var embeddings = fixture.tensor(new double[] {1, 2, 3, 4}, 2, 2);
      var own = network.head().logits(net, embeddings);
      var others = mixed.logits(net, embeddings);
      var scale = mixed.scale(net);
      assertThat(mixed.prototypes(net, embeddings)).isPresent();
      fixture.initialize();
      assertThat(fixture.value(others)).containsExactly(fixture.value(own));
      assertThat(fixture.value(scale)).containsExactly(16);
    }
  }
}
