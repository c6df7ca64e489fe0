package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.loss.Omcl.Margins;
import org.openmargin.loss.Suppression.Descriptors;
import org.openmargin.loss.Suppression.Reduction;
import org.openmargin.loss.Suppression.Trains;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.tensorflow.ndarray.Shape;

/**
 * Values and gradients against finite differences of the plain-Java loss. The descriptors are those
 * that the graph draws under the same path, in the same step.
 */
class OmclGradientsTest {
  private static final Offset<Double> CLOSE = within(2e-4);
  private static final long STEP = 3;
  private static final int N = 4;
  private static final int D = 5;

  private static final int[] LABELS = {2, 0, 1, 2};

  static Stream<Omcl> losses() {
    var margins = List.of(Margins.NONE, new Margins(-0.1, 0), new Margins(0.2, 0.1));
    var spaces =
        List.of(
            new OpenClass(false, 0.1, Suppression.NONE),
            new OpenClass(true, 0.1, Suppression.NONE),
            space(0.5, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS),
            space(0.5, 1, Descriptors.NORMALIZED, Reduction.JOINT_MEAN),
            space(2, 0.5, Descriptors.NORMALIZED, Reduction.JOINT_MEAN),
            space(1, 2.5, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS),
            space(0.3, 1.5, Descriptors.RAW, Reduction.JOINT_MEAN),
            trainingTheScale(space(0.5, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS)),
            trainingTheScale(space(0.5, 2, Descriptors.RAW, Reduction.SUM_OF_MEANS)));
    return margins.stream()
        .flatMap(m -> spaces.stream().map(space -> new Omcl(3, m, space, new Scale(4, 0.1))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void ofEmbeddingsPrototypesAndScale(Omcl omcl) {
    try (var fixture = new GraphFixture()) {
      var x = noise(1, N * D);
      var embeddings = fixture.tensor(x, N, D);
      var net = fixture.training().in("loss");
      var loss = omcl.loss(net, embeddings, fixture.tf().constant(LABELS));
      fixture.initialize();
      var prototypes = noise(2, 3 * D);
      fixture.assign("loss.weights", prototypes);
      var drawn = descriptors(fixture, omcl);
      var reference = new OmclReference(omcl, D);
      var gradients =
          fixture.gradients(
              loss,
              List.of(
                  embeddings,
                  fixture.variable("loss.weights").value(),
                  fixture.variable("loss.scale").value()));
      var actual =
          fixture.values(STEP, List.of(loss, gradients.get(0), gradients.get(1), gradients.get(2)));
      assertThat(actual.get(0)[0]).isCloseTo(value(reference, 4, x, prototypes, drawn), CLOSE);
      assertThat(actual.get(1))
          .containsExactly(
              Reference.gradient(v -> value(reference, 4, v, prototypes, drawn), x), CLOSE);
      assertThat(actual.get(2))
          .containsExactly(
              Reference.gradient(
                  v -> value(reference, 4, x, v, trained(omcl) ? v : prototypes, drawn),
                  prototypes),
              CLOSE);
      assertThat(actual.get(3))
          .containsExactly(
              Reference.gradient(
                  v -> value(reference, v[0], x, prototypes, drawn), new double[] {4}),
              CLOSE);
    }
  }

  private static OpenClass space(
      double weight, double perImage, Descriptors descriptors, Reduction reduction) {
    return new OpenClass(true, 0.1, new Suppression(weight, perImage, descriptors, reduction));
  }

  /** U(-s, s) with s = 4 as drawn, of unit length where the settings say so; none without OSS. */
  private static double[] descriptors(GraphFixture fixture, Omcl omcl) {
    var suppression = omcl.openClass().suppression();
    var count = suppression.weight() == 0 ? 0 : Math.round(N * suppression.descriptorsPerImage());
    var uniform = fixture.training().in("loss").uniform("descriptors", Shape.of(count, D));
    var raw =
        Arrays.stream(fixture.values(STEP, List.of(uniform)).get(0))
            .map(u -> 4 * (2 * u - 1))
            .toArray();
    return suppression.descriptors() == Descriptors.RAW ? raw : Reference.normalize(raw, D);
  }

  private static OpenClass trainingTheScale(OpenClass open) {
    return new OpenClass(true, open.threshold(), open.suppression().with(Trains.SCALE));
  }

  /** Whether OSS trains the prototypes. */
  private static boolean trained(Omcl omcl) {
    return omcl.openClass().suppression().trains() == Trains.PROTOTYPES_AND_SCALE;
  }

  private static double value(
      OmclReference reference, double scale, double[] x, double[] prototypes, double[] drawn) {
    return value(reference, scale, x, prototypes, prototypes, drawn);
  }

  /**
   * @param seen the prototypes as OSS sees them
   */
  private static double value(
      OmclReference reference,
      double scale,
      double[] x,
      double[] prototypes,
      double[] seen,
      double[] drawn) {
    var mlas = reference.mlas(scale, x, prototypes, LABELS);
    return drawn.length == 0
        ? OmclReference.mean(mlas)
        : reference.total(mlas, reference.oss(scale, drawn, seen));
  }
}
