package org.openmargin.loss;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.loss.MarginReference.Margin;
import org.openmargin.loss.SphereFace.Annealing;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** NormFace, CosFace, NMCL, ArcFace and SphereFace. */
class MarginLossesTest {
  private static final Offset<Double> CLOSE = within(2e-5);
  private static final VectorFile VECTORS = VectorFile.read("margin-vectors.properties");
  private static final int D = 5;

  /** A loss, the label's logit by its formula, and the logits of the others. */
  private record Case(OpenSetLoss loss, Margin target, Margin others) {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  private static SphereFace sphereFace(int m) {
    return new SphereFace(3, m, Annealing.NONE);
  }

  static Stream<Case> cases() {
    var scaled = MarginReference.cosFace(0, 8);
    var plain = MarginReference.sphereFace(1);
    return Stream.concat(
        Stream.of(
            new Case(new NormFace(3, 8), scaled, scaled),
            new Case(new CosFace(3, 0.35, 8), MarginReference.cosFace(0.35, 8), scaled),
            new Case(new Nmcl(3, -0.2, 8), MarginReference.cosFace(-0.2, 8), scaled),
            new Case(new ArcFace(3, 0.5, 8), MarginReference.arcFace(0.5, 8), scaled),
            new Case(new ArcFace(3, 1.5, 8), MarginReference.arcFace(1.5, 8), scaled)),
        IntStream.rangeClosed(1, 5)
            .mapToObj(m -> new Case(sphereFace(m), MarginReference.sphereFace(m), plain)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosface", "nmcl", "arcface", "sphereface"})
  void valuesAndGradientsAreThePublishedOnes(String name) {
    var losses =
        Map.of(
            "cosface", new CosFace(4, 0.35, 64),
            "nmcl", new Nmcl(4, -0.1, 10),
            "arcface", new ArcFace(4, Math.toRadians(28.6), 64),
            "sphereface", new SphereFace(4, 4, Annealing.NONE));
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(VECTORS.values("embeddings"), 4, 3);
      var labels = fixture.tf().constant(VECTORS.labels());
      var loss = losses.get(name).loss(fixture.training(), x, labels);
      start(fixture, VECTORS.values("prototypes"));
      var of = List.of(x, fixture.variable("weights").value());
      var gradients = fixture.values(0, fixture.gradients(loss, of));
      assertThat(fixture.value(loss)).containsExactly(VECTORS.values(name + ".loss"), CLOSE);
      assertThat(gradients.get(0))
          .containsExactly(VECTORS.values(name + ".gradient.embeddings"), within(5e-5));
      assertThat(gradients.get(1))
          .containsExactly(VECTORS.values(name + ".gradient.prototypes"), within(5e-5));
    }
  }

  /** Two dozen images, so that a label's angle lies anywhere between 0 and pi. */
  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsEqualFiniteDifferencesOfTheAngles(Case c) {
    var n = 24;
    var x = noise(1, n * D);
    var prototypes = noise(2, 3 * D);
    var labels = IntStream.range(0, n).map(i -> i % 3).toArray();
    var reference = new MarginReference(c.target(), D);
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x, n, D);
      var loss = c.loss().loss(fixture.training(), input, fixture.tf().constant(labels));
      start(fixture, prototypes);
      var of = List.of(input, fixture.variable("weights").value());
      var gradients = fixture.values(0, fixture.gradients(loss, of));
      assertThat(fixture.value(loss)[0])
          .isCloseTo(reference.loss(c.others(), x, prototypes, labels), CLOSE);
      assertThat(gradients.get(0))
          .containsExactly(
              Reference.gradient(v -> reference.loss(c.others(), v, prototypes, labels), x), CLOSE);
      assertThat(gradients.get(1))
          .containsExactly(
              Reference.gradient(v -> reference.loss(c.others(), x, v, labels), prototypes), CLOSE);
    }
  }

  @Test
  void withoutAMarginAllFixedScaleLossesAreNormFace() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 4 * D), 4, D);
      var labels = fixture.tf().constant(new int[] {0, 1, 2, 0});
      var net = fixture.training();
      var normFace = new NormFace(3, 8).loss(net, x, labels);
      var others =
          List.of(
              new CosFace(3, 0, 8).loss(net, x, labels),
              new Nmcl(3, 0, 8).loss(net, x, labels),
              new ArcFace(3, 0, 8).loss(net, x, labels));
      fixture.initialize();
      for (var other : others) {
        assertThat(fixture.value(other)).containsExactly(fixture.value(normFace), within(1e-6));
      }
    }
  }

  @Test
  void sphereFaceWithMarginOneIsTheCrossEntropyOfItsLogits() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 4 * D), 4, D);
      var labels = new int[] {0, 1, 2, 0};
      var sphereFace = sphereFace(1);
      var loss = sphereFace.loss(fixture.training(), x, fixture.tf().constant(labels));
      var logits = sphereFace.logits(fixture.training(), x);
      fixture.initialize();
      assertThat(fixture.value(loss)[0])
          .isCloseTo(PointReference.crossEntropy(fixture.value(logits), labels), within(1e-6));
    }
  }

  /** lambda is 10 / (1 + 0.5 step), until it is 2. */
  @ParameterizedTest
  @CsvSource({"0, 10", "2, 5", "6, 2.5", "8, 2", "1000, 2"})
  void theMarginOfSphereFaceComesInSlowly(long step, double lambda) {
    var x = noise(1, 4 * D);
    var prototypes = noise(2, 3 * D);
    var labels = new int[] {0, 1, 2, 0};
    var annealed = new SphereFace(3, 4, new Annealing(10, 0.5, 2));
    var reference = new MarginReference(MarginReference.annealed(lambda, 4), D);
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(x, 4, D);
      var loss = annealed.loss(fixture.training(), input, fixture.tf().constant(labels));
      start(fixture, prototypes);
      var gradient = fixture.gradients(loss, List.of(input)).get(0);
      var values = fixture.values(step, List.of(loss, gradient));
      var plain = MarginReference.sphereFace(1);
      assertThat(values.get(0)[0]).isCloseTo(reference.loss(plain, x, prototypes, labels), CLOSE);
      assertThat(values.get(1))
          .containsExactly(
              Reference.gradient(v -> reference.loss(plain, v, prototypes, labels), x), CLOSE);
    }
  }

  @Test
  void theLossOfSphereFaceIsForTrainingGraphs() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 2 * D), 2, D);
      var labels = fixture.tf().constant(new int[] {0, 1});
      assertThatIllegalStateException()
          .isThrownBy(() -> sphereFace(4).loss(fixture.inference(), x, labels))
          .withMessageContaining("step");
    }
  }

  @Test
  void theMarginOfArcFaceEndsWhereTheAngleWouldTurnBack() {
    var m = 0.5;
    var angles = new double[] {0, 1, Math.PI - m - 1e-3, Math.PI - m + 1e-3, 3, 3.1, Math.PI};
    try (var fixture = new GraphFixture()) {
      var targets =
          fixture.value(new ArcFace(3, m, 8).target(fixture.training(), cosines(fixture, angles)));
      for (var i = 0; i < angles.length; i++) {
        assertThat(targets[i])
            .as("at an angle of %s", angles[i])
            .isCloseTo(MarginReference.arcFace(m, 1).logit(angles[i], 1), within(2e-6));
      }
      assertThat(targets).as("beyond pi - m it still falls").isSortedAccordingTo(reverseOrder());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theTargetOfSphereFaceFallsAllTheWay(int m) {
    var angles = IntStream.rangeClosed(0, 60).mapToDouble(i -> i * Math.PI / 60).toArray();
    try (var fixture = new GraphFixture()) {
      var psi = sphereFace(m).psi(fixture.training(), cosines(fixture, angles));
      var targets = fixture.value(psi);
      for (var i = 0; i < angles.length; i++) {
        // At a seam both neighbours' formulas hold.
        var expected = MarginReference.sphereFace(m).logit(Math.min(angles[i], 3.1415926), 1);
        assertThat(targets[i]).as("at an angle of %s", angles[i]).isCloseTo(expected, CLOSE);
      }
      assertThat(targets).isSortedAccordingTo(reverseOrder());
      assertThat(targets[60]).isCloseTo(1 - 2 * m, CLOSE);
    }
  }

  /** [n, 1]. */
  private static Operand<TFloat32> cosines(GraphFixture fixture, double... angles) {
    return fixture.tensor(Arrays.stream(angles).map(Math::cos).toArray(), angles.length, 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void embeddingsOnTheirPrototypeOppositeAndOfLengthZeroHaveFiniteGradients(Case c) {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(new double[] {3, 4, 0, -3, -4, 0, 0.3, 0.4, 1e-7, 0, 0, 0}, 4, 3);
      var labels = fixture.tf().constant(new int[] {0, 0, 0, 0});
      var loss = c.loss().loss(fixture.training(), x, labels);
      start(fixture, 3, 4, 0, 1, 0, 0, 0, 0, 1);
      var of = List.of(x, fixture.variable("weights").value());
      assertThat(fixture.value(loss)[0]).isFinite();
      var gradients = fixture.values(0, fixture.gradients(loss, of));
      assertThat(Arrays.stream(gradients.get(0)).limit(9)).allMatch(g -> Math.abs(g) < 20);
      assertThat(Arrays.stream(gradients.get(0)).skip(9)).allMatch(Double::isFinite);
      assertThat(Arrays.stream(gradients.get(1))).hasSize(9).allMatch(g -> Math.abs(g) < 20);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsAreFreeOfTheMargin(Case c) {
    try (var fixture = new GraphFixture()) {
      var x = noise(1, 2 * D);
      var logits = c.loss().logits(fixture.inference(), fixture.tensor(x, 2, D));
      var images = fixture.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, D)));
      assertThat(c.loss().logits(fixture.inference(), images).shape().asArray())
          .containsExactly(-1, 3);
      fixture.initialize();
      assertThat(fixture.variables().all()).extracting(Variable::name).containsExactly("weights");
      assertThat(fixture.variable("weights").role()).isEqualTo(new Variable.Trained(1, true));
      var prototypes = Reference.normalize(fixture.value("weights"), D);
      var cosine = c.loss().isCosine();
      var expected = Reference.product(cosine ? Reference.normalize(x, D) : x, prototypes, D);
      var factor = cosine ? 8 : 1;
      assertThat(fixture.value(logits))
          .containsExactly(Arrays.stream(expected).map(v -> factor * v).toArray(), CLOSE);
      assertThat(fixture.value(c.loss().scale(fixture.inference()))).containsExactly(factor);
      assertThat(cosine).isEqualTo(!(c.loss() instanceof SphereFace));
      assertThat(c.loss().hasOpenClass()).isFalse();
    }
  }

  @Test
  void aMarginRaisesTheLossAndANegativeOneLowersIt() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 4 * D), 4, D);
      var labels = fixture.tf().constant(new int[] {0, 1, 2, 0});
      var net = fixture.training();
      var negative = new Nmcl(3, -0.1, 8).loss(net, x, labels);
      var none = new NormFace(3, 8).loss(net, x, labels);
      var positive = new CosFace(3, 0.1, 8).loss(net, x, labels);
      fixture.initialize();
      assertThat(fixture.value(negative)[0]).isLessThan(fixture.value(none)[0]);
      assertThat(fixture.value(none)[0]).isLessThan(fixture.value(positive)[0]);
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertRefused("two classes", () -> new NormFace(1, 8));
    assertRefused("two classes", () -> new SphereFace(1, 4, Annealing.NONE));
    for (var scale : List.of(0.0, -1.0, Double.NaN)) {
      assertRefused("not " + scale, () -> new NormFace(3, scale));
      assertRefused("not " + scale, () -> new CosFace(3, 0.35, scale));
      assertRefused("not " + scale, () -> new Nmcl(3, -0.1, scale));
      assertRefused("not " + scale, () -> new ArcFace(3, 0.5, scale));
    }
    assertRefused("-0.1", () -> new CosFace(3, -0.1, 8));
    assertRefused("0.1", () -> new Nmcl(3, 0.1, 8));
    assertRefused("-0.1", () -> new ArcFace(3, -0.1, 8));
    assertRefused("1.6", () -> new ArcFace(3, 1.6, 8));
    assertRefused("not 0", () -> sphereFace(0));
    assertRefused("[0.0, -1.0, 0.0]", () -> new Annealing(0, -1, 0));
    assertRefused("NaN", () -> new Annealing(Double.NaN, 0, 0));
  }

  private static void assertRefused(String reason, Runnable settings) {
    assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageContaining(reason);
  }

  private static void start(GraphFixture fixture, double... prototypes) {
    fixture.initialize();
    fixture.assign("weights", prototypes);
  }
}
