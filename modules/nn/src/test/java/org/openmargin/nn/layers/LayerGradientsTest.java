package org.openmargin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The graph's gradients against finite differences of the plain-Java layers, in double. */
class LayerGradientsTest {
  private static final Offset<Double> CLOSE = within(1e-3);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ofConvolution(int stride) {
    try (var fixture = new GraphFixture()) {
      var x = new Images(2, 5, 4, 2, noise(1, 80));
      var input = fixture.tensor(x.values(), x.shape());
      var y = Layers.conv(fixture.training(), input, new ConvShape(3, stride, 3));
      fixture.initialize();
      var kernel = fixture.value("kernel");
      var weights = noise(2, (int) y.shape().size());
      var gradients = gradients(fixture, y, weights, List.of(input, weight(fixture, "kernel")));
      assertThat(gradients.get(0))
          .containsExactly(
              Reference.gradient(
                  v -> dot(Reference.conv(x.with(v), kernel, 3, stride, 3), weights), x.values()),
              CLOSE);
      assertThat(gradients.get(1))
          .containsExactly(
              Reference.gradient(v -> dot(Reference.conv(x, v, 3, stride, 3), weights), kernel),
              CLOSE);
    }
  }

  @Test
  void ofBatchNormInTrainingPassThroughTheStatistics() {
    try (var fixture = new GraphFixture()) {
      var x = new Images(3, 2, 2, 2, noise(3, 24));
      var input = fixture.tensor(x.values(), x.shape());
      var y = Layers.batchNorm(fixture.training(), input, new NormSettings(0.1, 1e-3, 1));
      fixture.initialize();
      var scale = new double[] {1.5, -0.5};
      var offset = new double[] {0.2, 0.3};
      fixture.assign("scale", scale);
      fixture.assign("offset", offset);
      var weights = noise(4, 24);
      var gradients =
          gradients(
              fixture,
              y,
              weights,
              List.of(input, weight(fixture, "scale"), weight(fixture, "offset")));
      assertThat(gradients.get(0))
          .containsExactly(
              Reference.gradient(v -> dot(norm(x.with(v), scale, offset), weights), x.values()),
              CLOSE);
      assertThat(gradients.get(1))
          .containsExactly(Reference.gradient(v -> dot(norm(x, v, offset), weights), scale), CLOSE);
      assertThat(gradients.get(2))
          .containsExactly(Reference.gradient(v -> dot(norm(x, scale, v), weights), offset), CLOSE);
    }
  }

  @Test
  void ofMaxPoolAndGlobalMean() {
    try (var fixture = new GraphFixture()) {
      var x = new Images(2, 5, 4, 2, noise(5, 80));
      var input = fixture.tensor(x.values(), x.shape());
      var net = fixture.training();
      var y = Layers.globalMean(net, Layers.relu(net, Layers.maxPool(net, input)));
      var weights = noise(6, 4);
      assertThat(gradients(fixture, y, weights, List.of(input)).get(0))
          .containsExactly(
              Reference.gradient(
                  v ->
                      Reference.dot(
                          Reference.globalMean(Reference.relu(Reference.maxPool(x.with(v)))),
                          weights),
                  x.values()),
              CLOSE);
    }
  }

  @Test
  void ofCosines() {
    try (var fixture = new GraphFixture()) {
      var x = noise(7, 12);
      var input = fixture.tensor(x, 3, 4);
      var y = Layers.cosines(fixture.training(), input, 2);
      fixture.initialize();
      var prototypes = fixture.value("weights");
      var weights = noise(8, 6);
      var gradients = gradients(fixture, y, weights, List.of(input, weight(fixture, "weights")));
      assertThat(gradients.get(0))
          .containsExactly(
              Reference.gradient(v -> Reference.dot(cosines(v, prototypes), weights), x), CLOSE);
      assertThat(gradients.get(1))
          .containsExactly(
              Reference.gradient(v -> Reference.dot(cosines(x, v), weights), prototypes), CLOSE);
    }
  }

  private static double[] cosines(double[] x, double[] prototypes) {
    return Reference.product(Reference.normalize(x, 4), Reference.normalize(prototypes, 4), 4);
  }

  private static Images norm(Images x, double[] scale, double[] offset) {
    return Reference.norm(x, Reference.moments(x), scale, offset, 1e-3);
  }

  private static double dot(Images x, double[] weights) {
    return Reference.dot(x.values(), weights);
  }

  private static Operand<TFloat32> weight(GraphFixture fixture, String name) {
    return fixture.variable(name).value();
  }

  /** Gradients of {@code sum y_i weights_i}. */
  private static List<double[]> gradients(
      GraphFixture fixture, Operand<TFloat32> y, double[] weights, List<Operand<TFloat32>> of) {
    var weighted = fixture.tf().math.mul(y, fixture.tensor(weights, y.shape().asArray()));
    return fixture.values(0, fixture.gradients(weighted, of));
  }
}
