package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ArplConfusingSamplesTest {
  private static final VectorFile VECTORS = VectorFile.read("point-vectors.properties");
  private static final int[] LABELS = {2, 0, 1, 2};
  private static final int NOISE = 3;

  private final ArplConfusingSamples loss =
      new ArplConfusingSamples(
          new Arpl(3, 0.1, 1), 0.7, new Gan(NOISE, 8, 2, 2e-4), EpochPasses.ALTERNATING);
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

  private static void start(GraphFixture fixture) {
    fixture.initialize();
    for (var variable : fixture.variables().trained()) {
      if (!variable.name().endsWith("kernel")) {
        var values = noise(variable.name().hashCode(), (int) variable.size());
        fixture.assign(variable.name(), values);
      }
    }
  }

  @Test
  void theFakeLossIsThatOfThePublishedCode() {
    try (var fixture = new GraphFixture()) {
      var fake = loss.fake(fixture.training(), fixture.tensor(VECTORS.values("features"), 3, 4));
      fixture.initialize();
      fixture.assign("points", VECTORS.values("points"));
      assertThat(fixture.value(fake)[0]).isCloseTo(VECTORS.values("arpl.fake")[0], within(1e-6));
    }
  }

  @Test
  void passesAlternateAndEachNetworkHasItsOwnObjective() {
    var objectives = network.objectives();
    assertThat(objectives)
        .extracting(Objective::changes)
        .containsExactly(
            List.of("discriminator"),
            List.of("generator"),
            List.of("backbone", "loss"),
            List.of("backbone", "loss"));
    assertThat(objectives)
        .extracting(Objective::passes)
        .containsExactly(Passes.EVEN, Passes.EVEN, Passes.EVEN, Passes.ODD);
  }

  @Test
  void theNetworkMinimisesArplOfImagesAndTheFakeLossOfFakesThroughAuxiliaryNorms() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "network with confusing samples");
      start(fixture);
      var points = fixture.value("loss.points");
      var reference = new PointReference(1, 0.1, Ladder.SIZE);
      var real = Ladder.standard(pixels);
      var known = Ladder.embedding(fixture, "", Ladder.Plain.BATCH, real, 0);
      var expected =
          reference.arpl(known, points, fixture.value("loss.radius")[0], LABELS)
              + 0.7 * fake(reference, fakes(fixture, "other_noise"), points);
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void theGeneratorIsAskedForFakesThatConfuseTheNetwork() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "generator");
      start(fixture);
      var reference = new PointReference(1, 0.1, Ladder.SIZE);
      var points = fixture.value("loss.points");
      var made = made(fixture, "noise");
      var real = new PlainGan(fixture).real(made);
      var expected =
          Arrays.stream(real).map(p -> -Math.log(p)).average().orElseThrow()
              + 0.7 * fake(reference, fakes(fixture, "noise"), points);
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  private static Images made(GraphFixture fixture, String noise) {
    var z = fixture.training().in("generator").normal(noise, Shape.of(4, NOISE));
    return PlainGan.middle(new PlainGan(fixture).made(fixture.value(z), NOISE, 1), 8, 8);
  }

  private static double[] fakes(GraphFixture fixture, String noise) {
    var standard = Ladder.standard(made(fixture, noise));
    return Ladder.embedding(fixture, "", Ladder.Plain.AUXILIARY, standard, 0);
  }

  /** {@code exp(mean sum p log p)}. */
  private static double fake(PointReference reference, double[] x, double[] points) {
    var p = PointReference.probabilities(reference.distances(x, points), 3);
    return Math.exp(Arrays.stream(p).map(v -> v * Math.log(v)).sum() / LABELS.length);
  }

  @Test
  void plainPassesKnowNothingOfTheGenerator() {
    try (var fixture = new GraphFixture()) {
      var value = loss(fixture, "network");
      assertThat(value.shape()).isEqualTo(Shape.scalar());
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .allMatch(name -> name.startsWith("backbone.") || name.startsWith("loss."))
          .noneMatch(name -> name.contains("auxiliary"));
    }
  }

  @Test
  void inferenceHasTheVariablesOfPlainArpl() {
    try (var fixture = new GraphFixture()) {
      var input = fixture.tensor(pixels.values(), pixels.shape());
      var endpoints = network.endpoints(fixture.inference(), input);
      var names = fixture.variables().all().stream().map(Variable::name).toList();
      var plain = new OpenSetNetwork(network.input(), network.backbone(), loss.arpl());
      var same = plain.endpoints(fixture.inference(), input);
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactlyElementsOf(names);
      fixture.initialize();
      assertThat(fixture.value(endpoints.logits())).isEqualTo(fixture.value(same.logits()));
    }
  }

  @Test
  void imagesThatAreTooLargeAreRefused() {
    var large = new OpenSetNetwork(InputFormat.of(64, 64, 3), new Ladder(), loss);
    assertThatIllegalArgumentException()
        .isThrownBy(large::objectives)
        .withMessageContaining("set data.image_size_px to 32 or less");
  }
}
