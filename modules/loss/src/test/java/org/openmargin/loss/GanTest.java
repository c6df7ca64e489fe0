package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class GanTest {
  private static final int NOISE = 3;
  private static final Gan GAN = new Gan(NOISE, 8, 2, 2e-4);
  private static final List<Objective> OBJECTIVES =
      GAN.objectives(Passes.EVEN, (net, fakes, labels) -> net.tf().constant(0.25f));

  private static Images pixels(int h, int w, int channels) {
    var values = new Random(1).ints(5L * h * w * channels, 0, 256).asDoubleStream().toArray();
    return new Images(5, h, w, channels, values);
  }

  private static Operand<TFloat32> tensor(GraphFixture fixture, Images images) {
    return fixture.tensor(images.values(), images.shape());
  }

  private static Operand<TFloat32> loss(GraphFixture fixture, int objective, Images images) {
    var labels = fixture.tf().constant(new int[5]);
    return OBJECTIVES.get(objective).loss().of(fixture.training(), tensor(fixture, images), labels);
  }

  private static double[] drawn(GraphFixture fixture, String noise) {
    var net = fixture.training().in("generator");
    return fixture.value(net.normal(noise, Shape.of(5, NOISE)));
  }

  /** DCGAN's initial weights hardly affect the output: the tests set larger ones. */
  private static void start(GraphFixture fixture) {
    fixture.initialize();
    for (var variable : fixture.variables().trained()) {
      var random = new Random(variable.name().hashCode());
      var values = random.doubles(variable.size(), -0.5, 0.7).toArray();
      fixture.assign(variable.name(), values);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aGeneratorIsTransposedConvolutionsOfNoise(int channels) {
    try (var fixture = new GraphFixture()) {
      var like = pixels(27, 32, channels);
      var fakes = GAN.fakes(fixture.training(), "noise", tensor(fixture, like));
      start(fixture);
      var made = new PlainGan(fixture).made(drawn(fixture, "noise"), NOISE, channels);
      assertThat(fixture.value(fakes))
          .containsExactly(PlainGan.middle(made, 27, 32).values(), within(0.01));
    }
  }

  @Test
  void theDiscriminatorsLossIsTheCrossEntropyWithRealOneAndFakeZero() {
    try (var fixture = new GraphFixture()) {
      var images = pixels(8, 6, 3);
      var loss = loss(fixture, 0, images);
      start(fixture);
      var plain = new PlainGan(fixture);
      var fakes = plain.made(drawn(fixture, "noise"), NOISE, 3);
      var expected =
          meanLog(plain.real(images))
              + meanLog(
                  Arrays.stream(plain.real(PlainGan.middle(fakes, 8, 6)))
                      .map(p -> 1 - p)
                      .toArray());
      assertThat(fixture.value(loss)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void theGeneratorsLossIsTheCrossEntropyWithFakeOneAndTheOwnTermOfTheLoss() {
    try (var fixture = new GraphFixture()) {
      var images = pixels(8, 6, 3);
      var loss = loss(fixture, 1, images);
      start(fixture);
      var plain = new PlainGan(fixture);
      var fakes = plain.made(drawn(fixture, "noise"), NOISE, 3);
      var expected = meanLog(plain.real(PlainGan.middle(fakes, 8, 6))) + 0.25;
      assertThat(fixture.value(loss)[0]).isCloseTo(expected, within(1e-3));
    }
  }

  private static double meanLog(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> -Math.log(p)).average().orElseThrow();
  }

  @Test
  void lossesStayFiniteWhenTheDiscriminatorIsSure() {
    try (var fixture = new GraphFixture()) {
      var losses = List.of(loss(fixture, 0, pixels(8, 6, 3)), loss(fixture, 1, pixels(8, 6, 3)));
      start(fixture);
      fixture.assign("discriminator.dense.bias", 1e4);
      assertThat(fixture.value(losses.get(0))[0]).isCloseTo(1e4, within(10.0));
      fixture.assign("discriminator.dense.bias", -1e4);
      assertThat(fixture.value(losses.get(1))[0]).isCloseTo(1e4, within(10.0));
    }
  }

  @Test
  void noiseIsFreshInEachStepAndTheSameForTheSameName() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.training();
      var like = tensor(fixture, pixels(4, 4, 1));
      var all =
          List.of(
              GAN.fakes(net, "noise", like),
              GAN.fakes(net, "noise", like),
              GAN.fakes(net, "other", like));
      fixture.initialize();
      var atFirst = fixture.values(0, all);
      assertThat(atFirst.get(1)).isEqualTo(atFirst.get(0));
      assertThat(atFirst.get(2)).isNotEqualTo(atFirst.get(0));
      assertThat(fixture.values(1, all).get(0)).isNotEqualTo(atFirst.get(0));
    }
  }

  @Test
  void kernelsStartNarrowAndSizesAreThoseOfTheAuthorsNetworks() {
    try (var fixture = new GraphFixture()) {
      var like = pixels(28, 28, 3);
      var unused = loss(fixture, 0, like);
      assertThat(unused.shape()).isEqualTo(Shape.scalar());
      fixture.initialize();
      assertThat(fixture.variable("generator.layer0.kernel").shape())
          .isEqualTo(Shape.of(NOISE, 4 * 4 * 8));
      assertThat(fixture.variable("generator.layer3.kernel").shape())
          .isEqualTo(Shape.of(4, 4, 3, 2));
      assertThat(fixture.variable("discriminator.layer3.kernel").shape())
          .isEqualTo(Shape.of(4 * 4 * 8, 16));
      var deviation =
          Math.sqrt(
              Arrays.stream(fixture.value("discriminator.layer3.kernel"))
                  .map(v -> v * v)
                  .average()
                  .orElseThrow());
      assertThat(deviation).isCloseTo(0.02, within(0.002));
      assertThat(fixture.variables().model()).allMatch(v -> v.role() instanceof Variable.Trained);
    }
  }

  @Test
  void imagesThatAreTooLargeForTheGeneratorAreRefused() {
    GAN.requireFit(InputFormat.of(32, 28, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GAN.requireFit(InputFormat.of(28, 64, 3)))
        .withMessage(
            "the generator makes images up to 32 px, these are 28 x 64; set data.image_size_px to 32 or less");
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gan(100, 4, 128, 2e-4))
        .withMessageContaining("100, 4, 128");
  }
}
