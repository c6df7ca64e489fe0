package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;

class OmclVectorsTest {
  private static final Offset<Double> CLOSE = within(2e-5);

  static Stream<OmclVector> vectors() {
    return OmclVector.all().stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyImageHasItsLoss(OmclVector vector) {
    for (var i = 0; i < 4; i++) {
      try (var fixture = new GraphFixture()) {
        var image = Arrays.copyOfRange(vector.shared("embeddings"), 3 * i, 3 * i + 3);
        var label = fixture.tf().constant(new int[] {vector.labels()[i]});
        var loss = vector.loss().loss(fixture.training(), fixture.tensor(image, 1, 3), label);
        start(fixture, vector);
        assertThat(fixture.value(loss)[0]).isCloseTo(vector.values("mlas")[i], CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyDescriptorHasItsLoss(OmclVector vector) {
    var descriptors = Reference.normalize(vector.shared("descriptors"), 3);
    for (var i = 0; i < 4; i++) {
      try (var fixture = new GraphFixture()) {
        var one = fixture.tensor(Arrays.copyOfRange(descriptors, 3 * i, 3 * i + 3), 1, 3);
        var net = fixture.training();
        var loss = vector.loss().suppressed(net, one);
        start(fixture, vector);
        assertThat(fixture.value(loss)[0]).isCloseTo(vector.values("oss")[i], CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theSumOfBothHasItsGradients(OmclVector vector) {
    try (var fixture = new GraphFixture()) {
      var tf = fixture.tf();
      var net = fixture.training();
      var embeddings = fixture.tensor(vector.shared("embeddings"), 4, 3);
      var descriptors = fixture.tensor(Reference.normalize(vector.shared("descriptors"), 3), 4, 3);
      var mlas = vector.loss().loss(net, embeddings, tf.constant(vector.labels()));
      var oss = vector.loss().suppressed(net, descriptors);
      var total = tf.math.add(mlas, tf.math.mul(oss, tf.constant(0.5f)));
      start(fixture, vector);
      var of =
          List.of(
              embeddings, fixture.variable("weights").value(), fixture.variable("scale").value());
      var gradients = fixture.values(0, fixture.gradients(total, of));
      assertThat(fixture.value(total)).containsExactly(vector.values("total"), CLOSE);
      assertThat(gradients.get(0)).containsExactly(vector.values("gradient.embeddings"), CLOSE);
      assertThat(gradients.get(1)).containsExactly(vector.values("gradient.prototypes"), CLOSE);
      assertThat(gradients.get(2)).containsExactly(vector.values("gradient.scale"), CLOSE);
    }
  }

  private static void start(GraphFixture fixture, OmclVector vector) {
    fixture.initialize();
    fixture.assign("weights", vector.shared("prototypes"));
  }
}
