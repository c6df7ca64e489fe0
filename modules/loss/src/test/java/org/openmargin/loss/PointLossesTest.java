package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** GCPL, RPL and ARPL: what they have in common, and their values. */
class PointLossesTest {
  private static final Offset<Double> CLOSE = within(1e-5);
  private static final VectorFile VECTORS = VectorFile.read("point-vectors.properties");
  private static final int N = 4;
  private static final int D = 5;
  private static final int[] LABELS = {2, 0, 1, 2};
  private static final double[] X = noise(1, N * D);
  private static final double[] POINTS = noise(2, 3 * D);

  private static OpenSetLoss loss(String name, double weight, double temperature) {
    return switch (name) {
      case "gcpl" -> new Gcpl(3, weight, temperature);
      case "rpl" -> new Rpl(3, weight, temperature);
      default -> new Arpl(3, weight, temperature);
    };
  }

  private static double reference(
      String name, PointReference reference, double[] x, double[] points, double radius) {
    return switch (name) {
      case "gcpl" -> reference.gcpl(x, points, LABELS);
      case "rpl" -> reference.rpl(x, points, radius, LABELS);
      default -> reference.arpl(x, points, radius, LABELS);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void valuesAndGradientsAreThoseOfThePublishedCode(String name) {
    try (var fixture = new GraphFixture()) {
      var loss = loss(name, 0.1, 1);
      var features = fixture.tensor(VECTORS.values("features"), 3, 4);
      var labels = fixture.tf().constant(VECTORS.labels());
      var value = loss.loss(fixture.training(), features, labels);
      var logits = loss.logits(fixture.training(), features);
      start(fixture, VECTORS.values("points"), 0.7);
      var answers = fixture.value(logits);
      assertThat(name.equals("arpl") ? answers : PointReference.probabilities(answers, 3))
          .containsExactly(VECTORS.values(name + ".answers"), within(1e-6));
      assertThat(fixture.value(value)).containsExactly(VECTORS.values(name + ".loss"), CLOSE);
      var gradients = fixture.values(0, fixture.gradients(value, trained(fixture)));
      assertThat(gradients.get(0))
          .containsExactly(VECTORS.values(name + ".gradient.points"), within(1e-6));
      if (gradients.size() == 2) {
        assertThat(gradients.get(1))
            .containsExactly(VECTORS.values(name + ".gradient.radius"), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void gradientsEqualFiniteDifferences(String name) {
    var reference = new PointReference(2.5, 0.7, D);
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(X, N, D);
      var net = fixture.training().in("loss");
      var value = loss(name, 0.7, 2.5).loss(net, x, fixture.tf().constant(LABELS));
      start(fixture, POINTS, 3);
      var of = new ArrayList<Operand<TFloat32>>(List.of(x));
      of.addAll(trained(fixture));
      var gradients = fixture.values(0, fixture.gradients(value, of));
      assertThat(fixture.value(value)[0])
          .isCloseTo(reference(name, reference, X, POINTS, 3), CLOSE);
      assertGradient(gradients.get(0), v -> reference(name, reference, v, POINTS, 3), X);
      assertGradient(gradients.get(1), v -> reference(name, reference, X, v, 3), POINTS);
      if (gradients.size() == 3) {
        assertGradient(gradients.get(2), v -> reference(name, reference, X, POINTS, v[0]), 3);
      }
    }
  }

  private static void assertGradient(double[] actual, ToDoubleFunction<double[]> of, double... at) {
    assertThat(actual).containsExactly(Reference.gradient(of, at), within(2e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void withoutTheExtraTermOnlyTheCrossEntropyOfTheLogitsIsLeft(String name) {
    try (var fixture = new GraphFixture()) {
      var loss = loss(name, 0, 0.5);
      var x = fixture.tensor(X, N, D);
      var value = loss.loss(fixture.training(), x, fixture.tf().constant(LABELS));
      var logits = loss.logits(fixture.training(), x);
      start(fixture, POINTS, 3);
      assertThat(fixture.value(value)[0])
          .isCloseTo(PointReference.crossEntropy(fixture.value(logits), LABELS), within(1e-4));
    }
  }

  @Test
  void theNearestPrototypeWinsInGcplAndTheFarthestReciprocalPointInRpl() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(X, N, D);
      var near = new Gcpl(3, 0.1, 4).logits(fixture.inference(), x);
      var far = new Rpl(3, 0.1, 4).logits(fixture.inference(), x);
      start(fixture, POINTS, 0);
      var distances = new PointReference(1, 0, D).distances(X, POINTS);
      var quarter = Arrays.stream(distances).map(d2 -> d2 / 4).toArray();
      assertThat(fixture.value(far)).containsExactly(quarter, CLOSE);
      assertThat(fixture.value(near))
          .containsExactly(Arrays.stream(quarter).map(z -> -z).toArray(), CLOSE);
    }
  }

  @Test
  void logitsOfArplAreTheDistanceLessTheProduct() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(X, N, D);
      var logits = new Arpl(3, 0.1, 2).logits(fixture.inference(), x);
      start(fixture, POINTS, 0);
      assertThat(fixture.value(logits))
          .containsExactly(new PointReference(2, 0, D).arplLogits(X, POINTS), CLOSE);
    }
  }

  /** ARPL's term: nothing within the radius less 1, a slope of 1 beyond. */
  @Test
  void theHingeOfArplLeavesWhatIsWithinTheRadius() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(X, N, D);
      var labels = fixture.tf().constant(LABELS);
      var with = new Arpl(3, 1, 1).loss(fixture.training(), x, labels);
      var without = new Arpl(3, 0, 1).loss(fixture.training(), x, labels);
      start(fixture, POINTS, 1000);
      assertThat(fixture.value(with)).isEqualTo(fixture.value(without));
      var radius = fixture.gradients(with, List.of(fixture.variable("radius").value())).get(0);
      assertThat(fixture.value(radius)).containsExactly(0);
      fixture.assign("radius", -2);
      assertThat(fixture.value(radius)).containsExactly(new double[] {-1}, CLOSE);
    }
  }

  @Test
  void theRadiusOfRplMovesToTheMeanDistance() {
    try (var fixture = new GraphFixture()) {
      var loss = new Rpl(3, 1, 1);
      var x = fixture.tensor(X, N, D);
      var value = loss.loss(fixture.training(), x, fixture.tf().constant(LABELS));
      var distances = new PointReference(1, 0, D).distances(X, POINTS);
      var mean = 0.0;
      for (var i = 0; i < N; i++) {
        mean += distances[3 * i + LABELS[i]] / N;
      }
      start(fixture, POINTS, mean);
      var radius = fixture.gradients(value, List.of(fixture.variable("radius").value())).get(0);
      assertThat(fixture.value(radius)).containsExactly(new double[] {0}, CLOSE);
    }
  }

  /**
   * Far from the origin the three sums of the squared distance are a hundred times its value; what
   * is lost stays below a float's precision of the sums.
   */
  @Test
  void squaredDistancesFarFromTheOriginKeepTheirPrecision() {
    var d = 512;
    var x = Arrays.stream(noise(3, 2 * d)).map(v -> (float) (v / 2 + 10)).toArray();
    var points = Arrays.stream(noise(4, 3 * d)).map(v -> (float) (v / 2 + 10)).toArray();
    System.arraycopy(x, 0, points, d, d);
    try (var fixture = new GraphFixture()) {
      var distances =
          Distances.toPoints(fixture.training(), fixture.tensor(x, 2, d), 3, Rates.EQUAL);
      start(fixture, points, 0);
      var exact = new PointReference(1, 0, d).distances(x, points);
      assertThat(exact[1]).as("an embedding on a point").isZero();
      assertThat(exact[0]).isBetween(0.5, 1.0);
      assertThat(fixture.value(distances.squared())).containsExactly(exact, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void embeddingsOnAPointAndFarAwayHaveFiniteGradients(String name) {
    for (var at : List.of(0.0, 1e4)) {
      try (var fixture = new GraphFixture()) {
        var same = new double[3 * D];
        Arrays.fill(same, at);
        var x = fixture.tensor(Arrays.copyOf(same, 2 * D), 2, D);
        var labels = fixture.tf().constant(new int[] {2, 0});
        var value = loss(name, 0.1, 1).loss(fixture.training(), x, labels);
        start(fixture, same, 0);
        assertThat(fixture.value(value)[0]).isFinite();
        var gradient = fixture.value(fixture.gradients(value, List.of(x)).get(0));
        assertThat(Arrays.stream(gradient)).hasSize(2 * D).allMatch(Double::isFinite);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void pointsAreDrawnFromASmallNormalDistributionAndTheRadiusStartsAtZero(String name) {
    try (var fixture = new GraphFixture()) {
      var loss = loss(name, 0.1, 1);
      var value =
          loss.loss(
              fixture.training().in("loss"),
              fixture.tensor(noise(1, 2 * 512), 2, 512),
              fixture.tf().constant(new int[] {0, 2}));
      fixture.initialize();
      assertThat(value.shape()).isEqualTo(Shape.scalar());
      var points = fixture.value("loss.points");
      assertThat(fixture.variable("loss.points").shape()).isEqualTo(Shape.of(3, 512));
      assertThat(fixture.variable("loss.points").role()).isEqualTo(new Variable.Trained(1, true));
      assertThat(Arrays.stream(points).average().orElseThrow()).isCloseTo(0, within(0.01));
      assertThat(Math.sqrt(Reference.dot(points, points) / points.length))
          .isCloseTo(0.1, within(0.01));
      if (name.equals("gcpl")) {
        assertThat(fixture.variables().all()).hasSize(1);
      } else {
        assertThat(fixture.variables().all()).hasSize(2);
        assertThat(fixture.value("loss.radius")).containsExactly(0);
        assertThat(fixture.variable("loss.radius").role())
            .isEqualTo(new Variable.Trained(1, false));
      }
    }
  }

  @Test
  void pointsAndRadiusLearnAtRatesOfTheirOwn() {
    var rates = new Rates(10, 0);
    for (var loss :
        List.of(new Gcpl(3, 1, 1, rates), new Rpl(3, 1, 1, rates), new Arpl(3, 1, 1, rates))) {
      try (var fixture = new GraphFixture()) {
        var x = fixture.tensor(noise(1, 8), 2, 4);
        var value = loss.loss(fixture.training(), x, fixture.tf().constant(new int[] {0, 2}));
        assertThat(value.shape()).isEqualTo(Shape.scalar());
        assertThat(loss.logits(fixture.training(), x).shape()).isEqualTo(Shape.of(2, 3));
        var roles = fixture.variables().all().stream().map(Variable::role);
        var points = new Variable.Trained(10, true);
        var radius = new Variable.Trained(0, false);
        assertThat(roles)
            .containsExactlyElementsOf(
                loss instanceof Gcpl ? List.of(points) : List.of(points, radius));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rates(1, -1))
        .withMessageContaining("-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void logitsAreThoseOfAnyNumberOfImagesAndNeedNoRadius(String name) {
    try (var fixture = new GraphFixture()) {
      var loss = loss(name, 0.1, 1);
      var images = fixture.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, D)));
      var logits = loss.logits(fixture.inference(), images);
      assertThat(logits.shape().asArray()).containsExactly(-1, 3);
      assertThat(fixture.variables().all()).extracting(Variable::name).containsExactly("points");
      assertThat(loss.hasOpenClass()).isFalse();
      assertThat(loss.isCosine()).isFalse();
      assertThat(fixture.value(loss.scale(fixture.inference()))).containsExactly(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcpl", "rpl", "arpl"})
  void settingsThatCannotWorkAreRefused(String name) {
    for (var settings : List.of(List.of(-0.1, 1.0), List.of(0.1, 0.0), List.of(0.1, Double.NaN))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss(name, settings.get(0), settings.get(1)))
          .withMessageContaining(settings.get(0) + " and " + settings.get(1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gcpl(1, 0.1, 1))
        .withMessageContaining("two classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rpl(1, 0.1, 1))
        .withMessageContaining("two classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Arpl(1, 0.1, 1))
        .withMessageContaining("two classes");
  }

  /** Sets the points, and the radius where there is one. */
  private static void start(GraphFixture fixture, double[] points, double radius) {
    fixture.initialize();
    for (var variable : fixture.variables().all()) {
      fixture.assign(
          variable.name(), variable.name().endsWith("points") ? points : new double[] {radius});
    }
  }

  /** The points, then the radius where there is one. */
  private static List<Operand<TFloat32>> trained(GraphFixture fixture) {
    return fixture.variables().all().stream().map(Variable::value).toList();
  }
}
