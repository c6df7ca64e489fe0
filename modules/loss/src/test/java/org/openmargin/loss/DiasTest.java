package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.loss.Ladder.Plain;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class DiasTest {
  private static final int[] LABELS = {2, 0, 1, 2};
  private static final int NOISE = 3;
  private static final double FAKES = 0.3;
  private static final double IMITATION = 0.8;
  private static final double EARLY = 0.4;

  private final Dias loss =
      new Dias(
          3,
          new Dias.Settings(FAKES, IMITATION, EARLY),
          new Gan(NOISE, 8, 2, 2e-4),
          EpochPasses.ALTERNATING);
  private final OpenSetNetwork network =
      new OpenSetNetwork(InputFormat.of(8, 8, 1), new Ladder(), loss);
  private final Images pixels =
      new Images(4, 8, 8, 1, new Random(1).ints(256, 0, 256).asDoubleStream().toArray());

  private Operand<TFloat32> loss(GraphFixture fixture, String objective) {
    var wanted = network.objectives().stream().filter(o -> o.name().equals(objective)).findFirst();
    return wanted
        .orElseThrow()
        .loss()
        .of(
            fixture.training(),
            fixture.tensor(pixels.values(), pixels.shape()),
            fixture.tf().constant(LABELS));
  }

  /** Gives every scale, offset, bias, weight and statistic a value of its own. */
  private static void start(GraphFixture fixture) {
    fixture.initialize();
    for (var variable : fixture.variables().all()) {
      if (!variable.name().endsWith("kernel")) {
        var values = noise(variable.name().hashCode(), (int) variable.size());
        var variance = variable.name().endsWith("variance");
        fixture.assign(
            variable.name(),
            variance ? Arrays.stream(values).map(v -> v * v + 1).toArray() : values);
      }
    }
  }

  /** For three classes; the numbers are those of the authors' code. */
  @ParameterizedTest
  @CsvSource({"0.0, 0.46206192446210026", "0.5, 1.062061956114012", "1.0, 1.6620619739954055"})
  void smoothedCrossEntropyIsThatOfTheAuthors(double smoothing, double expected) {
    try (var fixture = new GraphFixture()) {
      var logits = fixture.tensor(new double[] {2, 0.5, -1, 0, 0.1, 0.2, -1, 3, 1}, 3, 3);
      var labels = fixture.tf().constant(new int[] {0, 2, 1});
      var value = loss.smoothed(fixture.training(), logits, labels, smoothing);
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-6));
    }
  }

  /** {@code S_a} of the network's or the copycat's head. */
  private static double smoothed(
      GraphFixture fixture, String path, double[] embeddings, double smoothing) {
    var logits = Reference.product(embeddings, fixture.value(path + "loss.weights"), Ladder.SIZE);
    var bias = fixture.value(path + "loss.bias");
    var total = 0.0;
    for (var i = 0; i < logits.length; i++) {
      logits[i] += bias[i % 3];
    }
    var probabilities = PointReference.probabilities(logits, 3);
    for (var i = 0; i < logits.length; i++) {
      var target = smoothing / 3 + (LABELS[i / 3] == i % 3 ? 1 - smoothing : 0);
      total -= target * Math.log(probabilities[i]) / LABELS.length;
    }
    return total;
  }

  private double real(GraphFixture fixture, String path) {
    var x = Ladder.standard(pixels);
    return smoothed(fixture, path, Ladder.embedding(fixture, path, Plain.BATCH, x, 0), 0);
  }

  private static Images made(GraphFixture fixture, String noise) {
    var z = fixture.training().in("generator").normal(noise, Shape.of(4, NOISE));
    return PlainGan.middle(new PlainGan(fixture).made(fixture.value(z), NOISE, 1), 8, 8);
  }

  private static double fake(GraphFixture fixture, Images made) {
    var x = Ladder.standard(made);
    return smoothed(fixture, "", Ladder.embedding(fixture, "", Plain.AUXILIARY, x, 0), 1);
  }

  @Test
  void theGeneratorIsAskedForFakesThatLookKnown() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "generator");
      start(fixture);
      var made = made(fixture, "noise");
      var real = Arrays.stream(new PlainGan(fixture).real(made)).map(p -> -Math.log(p));
      var expected = real.average().orElseThrow() - FAKES * fake(fixture, made);
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void theNetworkIsToBeUnsureOfFakes() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "network with fakes");
      start(fixture);
      var expected = real(fixture, "") + FAKES * fake(fixture, made(fixture, "other_noise"));
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void theCopycatClassifiesAndImitatesTheFrozenNetwork() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "copycat");
      start(fixture);
      var x = Ladder.standard(pixels);
      var model1 = Ladder.rung(fixture, "", Plain.RUNNING, x, 0);
      var model2 = Ladder.rung(fixture, "", Plain.RUNNING, model1, 1);
      var copy1 = Ladder.rung(fixture, "copycat.", Plain.BATCH, x, 0);
      var copy2 = Ladder.rung(fixture, "copycat.", Plain.BATCH, copy1, 1);
      var expected =
          real(fixture, "copycat.")
              + IMITATION / 2 * (distance(copy1, model1) + distance(copy2, model2));
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
      assertThat(fixture.variables().updates()).hasSize(6);
    }
  }

  private static double distance(Images a, Images b) {
    var sum = 0.0;
    for (var i = 0; i < a.values().length; i++) {
      sum += Math.abs(a.values()[i] - b.values()[i]);
    }
    return sum / a.values().length;
  }

  @Test
  void theNetworkIsToBeLessSureOfTheFrozenCopycatsFeatures() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "network with the copycat's features");
      start(fixture);
      var x = Ladder.standard(pixels);
      var copy1 = Ladder.rung(fixture, "copycat.", Plain.RUNNING, x, 0);
      var copy2 = Ladder.rung(fixture, "copycat.", Plain.RUNNING, copy1, 1);
      var copy = Ladder.embedding(fixture, "copycat.", Plain.RUNNING, copy2, 2);
      var first = Ladder.embedding(fixture, "", Plain.BATCH, copy1, 1);
      var second = Ladder.embedding(fixture, "", Plain.BATCH, copy2, 2);
      var features =
          smoothed(fixture, "", first, EARLY)
              + smoothed(fixture, "", second, EARLY)
              + smoothed(fixture, "", copy, 1);
      var expected = real(fixture, "") + FAKES * features / 3;
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void noGradientGoesFromOneNetworkIntoTheOther() {
    try (var fixture = new GraphFixture()) {
      var copycat = loss(fixture, "copycat");
      var model = loss(fixture, "network with the copycat's features");
      fixture.initialize();
      for (var entry :
          List.of(
              List.of("copycat.backbone.stage0.kernel", "backbone.stage0.kernel"),
              List.of("backbone.stage0.kernel", "copycat.backbone.stage0.kernel"))) {
        var own = fixture.variable(entry.get(0)).value();
        var other = fixture.variable(entry.get(1)).value();
        var value = entry.get(0).startsWith("copycat") ? copycat : model;
        var tied = fixture.tf().math.add(value, fixture.tf().nn.l2Loss(other));
        var gradients = fixture.gradients(tied, List.of(own, other));
        assertThat(Arrays.stream(fixture.value(gradients.get(0))).map(Math::abs).sum())
            .isPositive();
        // Of the l2 loss alone: the gradient is the variable itself.
        assertThat(fixture.value(gradients.get(1))).isEqualTo(fixture.value(other));
      }
    }
  }

  @Test
  void inferenceHasTheVariablesOfTheNetworkOnly() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(pixels.values(), pixels.shape());
      var endpoints = network.endpoints(fixture.inference(), input);
      assertThat(endpoints.logits().shape()).isEqualTo(Shape.of(4, 3));
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .allMatch(name -> name.startsWith("backbone.") || name.startsWith("loss."))
          .noneMatch(name -> name.contains("auxiliary"));
    }
  }

  @Test
  void everyObjectiveChangesOneNetwork() {
    assertThat(network.objectives())
        .extracting(Objective::changes)
        .containsExactly(
            List.of("discriminator"),
            List.of("generator"),
            List.of("backbone", "loss"),
            List.of("copycat"),
            List.of("backbone", "loss"));
  }

  /** A backbone that does not expose its stages. */
  private record Whole() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      return new Ladder().embed(net, images);
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return Ladder.SIZE;
    }
  }

  @Test
  void aBackboneWithoutStagesIsRefused() {
    var whole = new OpenSetNetwork(InputFormat.of(8, 8, 1), new Whole(), loss);
    assertThatIllegalArgumentException()
        .isThrownBy(whole::objectives)
        .withMessage(
            "DIAS needs feature maps: Whole must be a StagedBackbone of at least three stages");
  }
}
