package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.loss.Omcl.Margins;
import org.openmargin.loss.Suppression.Descriptors;
import org.openmargin.loss.Suppression.Reduction;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Properties and limits; values are in {@link OmclVectorsTest} and {@link OmclGradientsTest}. */
class OmclTest {
  private static final Offset<Double> CLOSE = within(1e-5);
  private static final Scale SCALE = new Scale(16, 0.1);
  private static final OpenClass OPEN = new OpenClass(true, 0.1, Suppression.NONE);
  private static final OpenClass CLOSED = new OpenClass(false, 0.1, Suppression.NONE);
  private static final Omcl PLAIN = new Omcl(3, Margins.NONE, OPEN, SCALE);

  @Test
  void marginLowersOnlyTheTargetLogit() {
    assertThat(marginEffect(new Margins(0.25, 0)))
        .containsExactly(new double[] {0, -4, 0, 0, -4, 0, 0, 0}, CLOSE);
  }

  @Test
  void aNegativeMarginRaisesOnlyTheTargetLogit() {
    assertThat(marginEffect(new Margins(-0.25, 0)))
        .containsExactly(new double[] {0, 4, 0, 0, 4, 0, 0, 0}, CLOSE);
  }

  @Test
  void theOtherMarginRaisesTheOtherKnownLogitsAndNotTheOpenOne() {
    assertThat(marginEffect(new Margins(0, 0.25)))
        .containsExactly(new double[] {4, 0, 4, 0, 0, 4, 4, 0}, CLOSE);
  }

  @Test
  void logitsAreScaledCosinesAndTheLastColumnIsTheThreshold() {
    try (var fixture = new GraphFixture()) {
      var x = noise(1, 8);
      var omcl = new Omcl(3, new Margins(0.3, 0.2), OPEN, SCALE);
      var logits = omcl.logits(fixture.inference(), fixture.tensor(x, 2, 4));
      fixture.initialize();
      var cosines =
          Reference.product(
              Reference.normalize(x, 4), Reference.normalize(fixture.value("weights"), 4), 4);
      assertThat(logits.shape()).isEqualTo(Shape.of(2, 4));
      assertThat(fixture.value(logits))
          .containsExactly(
              new double[] {
                16 * cosines[0], 16 * cosines[1], 16 * cosines[2], 1.6,
                16 * cosines[3], 16 * cosines[4], 16 * cosines[5], 1.6
              },
              CLOSE);
      assertThat(omcl.hasOpenClass()).isTrue();
      assertThat(omcl.isCosine()).isTrue();
    }
  }

  @Test
  void prototypesAreWhatEmbeddingsAreComparedWith() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 8), 2, 4);
      var prototypes = PLAIN.prototypes(fixture.inference(), x).orElseThrow();
      fixture.initialize();
      assertThat(prototypes.shape()).isEqualTo(Shape.of(3, 4));
      assertThat(fixture.value(prototypes))
          .containsExactly(Reference.normalize(fixture.value("weights"), 4), CLOSE);
    }
  }

  @Test
  void withoutTheOpenClassThereAreAsManyLogitsAsClasses() {
    try (var fixture = new GraphFixture()) {
      var omcl = new Omcl(3, Margins.NONE, CLOSED, SCALE);
      var logits = omcl.logits(fixture.inference(), fixture.tensor(noise(1, 8), 2, 4));
      assertThat(logits.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(omcl.hasOpenClass()).isFalse();
    }
  }

  @Test
  void logitsTakeAnUnknownBatchSizeAndTheScaleCanBeRead() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4)));
      var logits = PLAIN.logits(fixture.inference(), x);
      var scale = PLAIN.scale(fixture.inference());
      fixture.initialize();
      fixture.assign("scale", 20);
      try (var fed = TFloat32.tensorOf(Shape.of(7, 4));
          var result = fixture.session().runner().feed(x, fed).fetch(logits).run()) {
        assertThat(result.get(0).shape()).isEqualTo(Shape.of(7, 4));
      }
      assertThat(fixture.value(scale)).containsExactly(20);
    }
  }

  @Test
  void weightZeroIsMlasBitForBit() {
    var none = new Suppression(0, 5, Descriptors.RAW, Reduction.JOINT_MEAN);
    try (var fixture = new GraphFixture()) {
      var mlas = loss(fixture, PLAIN, 4);
      var zero = loss(fixture, new Omcl(3, Margins.NONE, new OpenClass(true, .1, none), SCALE), 4);
      fixture.initialize();
      assertThat(fixture.value(zero)).isEqualTo(fixture.value(mlas));
    }
  }

  @Test
  void atEqualCountsTheSumOfMeansIsTwiceTheJointMean() {
    try (var fixture = new GraphFixture()) {
      var sum = loss(fixture, suppressed(0.5, 1, Reduction.SUM_OF_MEANS), 4);
      var joint = loss(fixture, suppressed(0.5, 1, Reduction.JOINT_MEAN), 4);
      fixture.initialize();
      var values = fixture.values(2, List.of(sum, joint));
      assertThat(values.get(0)[0]).isCloseTo(2 * values.get(1)[0], CLOSE);
    }
  }

  @Test
  void aBatchOfOneHasAtLeastOneDescriptor() {
    try (var fixture = new GraphFixture()) {
      var mlas = loss(fixture, PLAIN, 1);
      var both = loss(fixture, suppressed(0.5, 0.2, Reduction.SUM_OF_MEANS), 1);
      fixture.initialize();
      var values = fixture.values(2, List.of(mlas, both));
      assertThat(values.get(1)[0]).isGreaterThan(values.get(0)[0]).isFinite();
    }
  }

  @Test
  void descriptorsAreFreshInEachStepAndTheSameInTheSameStep() {
    try (var fixture = new GraphFixture()) {
      var both = List.of(loss(fixture, suppressed(0.5, 1, Reduction.SUM_OF_MEANS), 4));
      fixture.initialize();
      var now = fixture.values(5, both).get(0);
      assertThat(fixture.values(5, both).get(0)).isEqualTo(now);
      assertThat(fixture.values(6, both).get(0)).isNotEqualTo(now);
    }
  }

  @Test
  void suppressionIsForTrainingGraphs() {
    try (var fixture = new GraphFixture()) {
      var omcl = suppressed(0.5, 1, Reduction.SUM_OF_MEANS);
      var x = fixture.tensor(noise(1, 8), 2, 4);
      var labels = fixture.tf().constant(new int[] {0, 1});
      assertThatIllegalStateException()
          .isThrownBy(() -> omcl.loss(fixture.inference(), x, labels))
          .withMessageContaining("descriptors");
    }
  }

  @Test
  void suppressionGivesTheBackboneNoGradient() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, 16), 4, 4);
      var labels = fixture.tf().constant(new int[] {0, 1, 2, 0});
      var net = fixture.training();
      var mlas = PLAIN.loss(net, x, labels);
      var both = suppressed(50, 3, Reduction.SUM_OF_MEANS).loss(net, x, labels);
      fixture.initialize();
      var of = List.of(x, fixture.variable("weights").value(), fixture.variable("scale").value());
      var without = fixture.values(1, fixture.gradients(mlas, of));
      var with = fixture.values(1, fixture.gradients(both, of));
      assertThat(with.get(0)).isEqualTo(without.get(0));
      assertThat(distance(with.get(1), without.get(1))).isGreaterThan(1);
      assertThat(distance(with.get(2), without.get(2))).isGreaterThan(0.1);
    }
  }

  @Test
  void onlyPrototypesAndScaleAreTrained() {
    try (var fixture = new GraphFixture()) {
      var omcl = suppressed(0.5, 1, Reduction.JOINT_MEAN);
      var loss = loss(fixture, omcl, 4);
      var logits = omcl.logits(fixture.training(), fixture.tensor(noise(1, 8), 2, 4));
      assertThat(loss.shape()).isEqualTo(Shape.scalar());
      assertThat(logits.shape()).isEqualTo(Shape.of(2, 4));
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactlyInAnyOrder("weights", "scale");
      assertThat(fixture.variable("weights").shape()).isEqualTo(Shape.of(3, 4));
      assertThat(fixture.variable("weights").role()).isEqualTo(new Variable.Trained(1, true));
      assertThat(fixture.variable("scale").role()).isEqualTo(new Variable.Trained(0.1, false));
    }
  }

  @Test
  void aFixedScaleHasRateFactorZeroAndItsFirstValue() {
    try (var fixture = new GraphFixture()) {
      var scale = new Omcl(3, Margins.NONE, CLOSED, new Scale(30, 0)).scale(fixture.training());
      fixture.initialize();
      assertThat(fixture.value(scale)).containsExactly(30);
      assertThat(fixture.variable("scale").role()).isEqualTo(new Variable.Trained(0, false));
    }
  }

  @Test
  void aVeryLargeScaleStaysFinite() {
    try (var fixture = new GraphFixture()) {
      var omcl =
          new Omcl(
              3,
              new Margins(0.5, 0.5),
              suppressed(1, 1, Reduction.SUM_OF_MEANS).openClass(),
              new Scale(1e6, 0.1));
      var x = fixture.tensor(noise(1, 16), 4, 4);
      var labels = fixture.tf().constant(new int[] {0, 1, 2, 0});
      var loss = omcl.loss(fixture.training(), x, labels);
      fixture.initialize();
      var gradients =
          fixture.gradients(
              loss,
              List.of(x, fixture.variable("weights").value(), fixture.variable("scale").value()));
      assertThat(fixture.value(loss)[0]).isPositive().isFinite();
      for (var gradient : fixture.values(0, gradients)) {
        assertThat(Arrays.stream(gradient)).isNotEmpty().allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void anEmbeddingOfZerosStaysFinite() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(new double[8], 2, 4);
      var loss = PLAIN.loss(fixture.training(), x, fixture.tf().constant(new int[] {0, 2}));
      fixture.initialize();
      // All cosines are 0: three classes with logit 0 and the open one with 1.6.
      assertThat(fixture.value(loss)[0]).isCloseTo(Math.log(3 + Math.exp(1.6)), CLOSE);
      var gradient = fixture.value(fixture.gradients(loss, List.of(x)).get(0));
      assertThat(Arrays.stream(gradient)).hasSize(8).allMatch(Double::isFinite);
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    var suppression = suppressed(0.5, 1, Reduction.JOINT_MEAN).openClass().suppression();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenClass(false, 0.1, suppression))
        .withMessageContaining("open class");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> suppressed(-0.5, 1, Reduction.JOINT_MEAN))
        .withMessageContaining("-0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> suppressed(0.5, 0, Reduction.JOINT_MEAN))
        .withMessageContaining("descriptor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale(0, 0.1))
        .withMessageContaining("scale");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale(Double.NaN, 0.1))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale(16, -1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Omcl(0, Margins.NONE, OPEN, SCALE))
        .withMessageContaining("class");
  }

  private static Omcl suppressed(double weight, double perImage, Reduction reduction) {
    var suppression = new Suppression(weight, perImage, Descriptors.NORMALIZED, reduction);
    return new Omcl(3, Margins.NONE, new OpenClass(true, 0.1, suppression), SCALE);
  }

  private static Operand<TFloat32> loss(GraphFixture fixture, Omcl omcl, int batch) {
    var net = fixture.training();
    var labels = fixture.tf().constant(Arrays.copyOf(new int[] {0, 1, 2, 0}, batch));
    return omcl.loss(net, fixture.tensor(noise(1, 4 * batch), batch, 4), labels);
  }

  /** What margins add to the logits of two images with labels 1 and 0; the last column is open. */
  private static double[] marginEffect(Margins margins) {
    try (var fixture = new GraphFixture()) {
      var omcl = new Omcl(3, margins, OPEN, SCALE);
      var x = fixture.tensor(noise(1, 8), 2, 4);
      var labels = fixture.tf().constant(new int[] {1, 0});
      var with = omcl.marginal(fixture.training(), x, labels);
      var without = omcl.logits(fixture.training(), x);
      fixture.initialize();
      return fixture.value(fixture.tf().math.sub(with, without));
    }
  }

  private static double distance(double[] a, double[] b) {
    var squares = 0.0;
    for (var i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
