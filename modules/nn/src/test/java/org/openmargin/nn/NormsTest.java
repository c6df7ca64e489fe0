package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class NormsTest {
  private static final Offset<Double> CLOSE = within(2e-5);
  private static final NormSettings SETTINGS = new NormSettings(0.3, 1e-3, 1);
  private static final List<String> PARTS = List.of("scale", "offset", "mean", "variance");

  private final Images x = new Images(4, 3, 2, 2, noise(1, 48));
  private final Images fakes = new Images(4, 3, 2, 2, noise(2, 48));

  private static Operand<TFloat32> norm(GraphFixture fixture, Norms norms, Images images) {
    var input = fixture.tensor(images.values(), images.shape());
    return Layers.batchNorm(fixture.training().with(norms).in("norm"), input, SETTINGS);
  }

  @Test
  void auxiliaryNormsHaveStatisticsOfTheirOwn() {
    try (var fixture = new GraphFixture()) {
      var main = norm(fixture, Norms.MAIN, x);
      var auxiliary = norm(fixture, Norms.AUXILIARY, fakes);
      fixture.initialize();
      fixture.assign("norm.auxiliary.scale", 3, -2);
      fixture.assign("norm.auxiliary.offset", 1, 5);
      var moments = Reference.moments(fakes);
      assertThat(fixture.value(auxiliary))
          .containsExactly(
              Reference.norm(fakes, moments, new double[] {3, -2}, new double[] {1, 5}, 1e-3)
                  .values(),
              CLOSE);
      assertThat(fixture.value(main))
          .containsExactly(
              Reference.norm(
                      x, Reference.moments(x), new double[] {1, 1}, new double[] {0, 0}, 1e-3)
                  .values(),
              CLOSE);
      fixture.update(0);
      assertThat(fixture.value("norm.mean"))
          .containsExactly(scaled(Reference.moments(x)[0], 0.3), CLOSE);
      assertThat(fixture.value("norm.auxiliary.mean"))
          .containsExactly(scaled(moments[0], 0.3), CLOSE);
    }
  }

  @Test
  void gradientsOfOneSetDoNotReachTheOther() {
    try (var fixture = new GraphFixture()) {
      var tf = fixture.tf();
      var main = tf.math.square(norm(fixture, Norms.MAIN, x));
      var auxiliary = tf.math.square(norm(fixture, Norms.AUXILIARY, fakes));
      var both = tf.reduceSum(tf.math.add(main, auxiliary), tf.array(0, 1, 2, 3));
      fixture.initialize();
      var scales = List.of("norm.scale", "norm.auxiliary.scale");
      var gradients =
          fixture.gradients(both, scales.stream().map(n -> fixture.variable(n).value()).toList());
      var perChannel = 2 * 4 * 3 * 2.0;
      for (var i = 0; i < 2; i++) {
        var variance = Reference.moments(i == 0 ? x : fakes)[1];
        var expected = Arrays.stream(variance).map(v -> perChannel * v / (v + 1e-3)).toArray();
        assertThat(fixture.value(gradients.get(i))).containsExactly(expected, within(1e-3));
      }
    }
  }

  @Test
  void frozenNormsAreThoseOfInference() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x.values(), x.shape());
      var frozen = norm(fixture, Norms.FROZEN, x);
      var inference = Layers.batchNorm(fixture.inference().in("norm"), input, SETTINGS);
      assertThat(fixture.variables().updates()).isEmpty();
      fixture.initialize();
      fixture.assign("norm.mean", 1, -2);
      fixture.assign("norm.variance", 4, 0.25);
      assertThat(fixture.value(frozen)).isEqualTo(fixture.value(inference));
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactlyElementsOf(PARTS.stream().map(p -> "norm." + p).toList());
    }
  }

  @Test
  void twoBatchesOfOneObjectiveMoveTheStatisticsOneAfterTheOther() {
    try (var fixture = new GraphFixture()) {
      var outputs = List.of(norm(fixture, Norms.MAIN, x), norm(fixture, Norms.MAIN, fakes));
      assertThat(outputs).hasSize(2);
      assertThat(fixture.variables().updates()).hasSize(2);
      fixture.initialize();
      fixture.update(0);
      var first = Reference.moments(x)[0];
      var second = Reference.moments(fakes)[0];
      var expected = new double[2];
      for (var c = 0; c < 2; c++) {
        expected[c] = 0.7 * 0.3 * first[c] + 0.3 * second[c];
      }
      assertThat(fixture.value("norm.mean")).containsExactly(expected, CLOSE);
    }
  }

  @Test
  void anotherObjectiveBeginsWithTheStatisticsOfTheStepBefore() {
    try (var fixture = new GraphFixture()) {
      var first = norm(fixture, Norms.MAIN, x);
      fixture.variables().beginObjective();
      assertThat(fixture.variables().used()).isEmpty();
      var second = norm(fixture, Norms.MAIN, fakes);
      assertThat(first.shape()).isEqualTo(second.shape());
      assertThat(fixture.variables().used())
          .extracting(Variable::name)
          .containsExactlyElementsOf(PARTS.stream().map(p -> "norm." + p).toList());
      fixture.initialize();
      fixture.update(0);
      assertThat(fixture.value("norm.mean"))
          .containsExactly(scaled(Reference.moments(fakes)[0], 0.3), CLOSE);
    }
  }

  @Test
  void statelessNormsUseTheBatchAndKeepNothing() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x.values(), x.shape());
      var y = Layers.statelessBatchNorm(fixture.training().in("norm"), input);
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactly("norm.scale", "norm.offset");
      assertThat(fixture.variables().updates()).isEmpty();
      fixture.initialize();
      fixture.assign("norm.offset", 3, -1);
      var scale = fixture.value("norm.scale");
      assertThat(scale).containsExactly(new double[] {1, 1}, within(0.1));
      assertThat(scale).doesNotContain(1);
      var expected =
          Reference.norm(x, Reference.moments(x), scale, new double[] {3, -1}, 1e-5).values();
      assertThat(fixture.value(y)).containsExactly(expected, CLOSE);
    }
  }

  @Test
  void anInferenceGraphHasTheMainNormsOnly() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.inference().in("backbone");
      assertThatIllegalStateException()
          .isThrownBy(() -> net.with(Norms.AUXILIARY))
          .withMessage("backbone only has the main norms: this is an inference graph");
    }
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }
}
