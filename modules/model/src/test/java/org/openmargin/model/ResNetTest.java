package org.openmargin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmargin.model.ResNet.Stem;
import org.openmargin.nn.Arithmetic;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ResNetTest {
  private static final InputFormat FORMAT = InputFormat.of(28, 28, 3);
  private static final Offset<Double> CLOSE = within(1e-4);

  /**
   * ResNet18, kernels: stem 9 x 3 x 64 = 1,728; stage0 4 x 9 x 64 x 64 = 147,456; stage1 9 x 64 x
   * 128 + 3 x 9 x 128 x 128 + 64 x 128 = 524,288; stage2 four times that, 2,097,152; stage3
   * 8,388,608; in all 11,159,232. Norms, scale and offset: 2 x (64 + 4 x 64 + 5 x 128 + 5 x 256 + 5
   * x 512) = 9,600. The 7x7 stem has 49 x 3 x 64 - 1,728 = 7,680 more: torchvision's 11,689,512
   * less its head of 513,000.
   *
   * <p>ResNet34, 7x7 stem: torchvision's 21,797,672 less 513,000. The tiny one: 216 + 1,152 + 3,584
   * + 14,336 = 19,288 and 2 x (8 + 2 x 8 + 3 x 16 + 3 x 32) = 336; its 7x7 stem has 40 x 3 x 8 =
   * 960 more.
   */
  @ParameterizedTest
  @CsvSource({
    "18, SMALL_3X3, 11_168_832",
    "18, POOLED_7X7, 11_176_512",
    "34, SMALL_3X3, 21_276_992",
    "34, POOLED_7X7, 21_284_672",
    "0, SMALL_3X3, 19_624",
    "0, POOLED_7X7, 20_584"
  })
  void trainedWeightsAreAsManyAsThePaperHas(int layers, Stem stem, String expected) {
    try (var fixture = new GraphFixture()) {
      var resNet =
          switch (layers) {
            case 18 -> ResNet.resNet18(stem, ResNet.NORM);
            case 34 -> ResNet.resNet34(stem, ResNet.NORM);
            default -> ResNet.tiny(stem, ResNet.NORM);
          };
      var embeddings = embed(resNet, fixture.training(), fixture, 1, 32, 32, 3);
      assertThat(embeddings.shape()).isEqualTo(Shape.of(1, resNet.embeddingSize(FORMAT)));
      assertThat(fixture.variables().trained().stream().mapToLong(Variable::size).sum())
          .isEqualTo(Long.parseLong(expected.replace("_", "")));
    }
  }

  @Test
  void embeddingsHave512ElementsAndTheTinyOnes32() {
    assertThat(ResNet.resNet18(Stem.SMALL_3X3, ResNet.NORM).embeddingSize(FORMAT)).isEqualTo(512);
    assertThat(ResNet.resNet34(Stem.SMALL_3X3, ResNet.NORM).embeddingSize(FORMAT)).isEqualTo(512);
    assertThat(ResNet.tiny(Stem.SMALL_3X3, ResNet.NORM).embeddingSize(FORMAT)).isEqualTo(32);
    assertThat(new ResNet(Stem.SMALL_3X3, List.of(1), 5, ResNet.NORM).embeddingSize(FORMAT))
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL_3X3, 28, 28",
    "POOLED_7X7, 28, 14",
    "SMALL_3X3, 33, 33",
    "POOLED_7X7, 33, 17",
    "POOLED_7X7, 224, 112"
  })
  void theStemDecidesTheSizeOfTheFeatureMaps(Stem stem, int size, int afterStem) {
    try (var fixture = new GraphFixture()) {
      var unused =
          embed(ResNet.tiny(stem, ResNet.NORM), fixture.training(), fixture, 2, size, size, 3);
      var sizes =
          convolutions(fixture)
              .filter(shape -> shape.numDimensions() == 4)
              .map(shape -> shape.get(1) + "x" + shape.get(2) + "x" + shape.get(3))
              .toList();
      var pooled = stem == Stem.POOLED_7X7 ? (afterStem + 1) / 2 : afterStem;
      var half = (pooled + 1) / 2;
      var quarter = (half + 1) / 2;
      assertThat(sizes)
          .containsExactlyElementsOf(
              Stream.of(
                      List.of(square(afterStem, 8)),
                      List.of(square(pooled, 8), square(pooled, 8)),
                      List.of(square(half, 16), square(half, 16), square(half, 16)),
                      List.of(square(quarter, 32), square(quarter, 32), square(quarter, 32)))
                  .flatMap(List::stream)
                  .toList());
      assertThat(unused.shape()).isEqualTo(Shape.of(2, 32));
    }
  }

  /** The 3x3 kernels of the last stage have 9 x 512 inputs and as many outputs. */
  @ParameterizedTest
  @CsvSource({"HE_FAN_OUT, 2", "PYTORCH_DEFAULT, 0.333333"})
  void kernelsStartWithTheVarianceThatIsAskedFor(ResNet.Kernels kernels, double factor) {
    try (var fixture = new GraphFixture()) {
      var resNet = ResNet.resNet18(Stem.POOLED_7X7, ResNet.NORM).with(kernels);
      var unused = embed(resNet, fixture.training(), fixture, 1, 8, 8, 3);
      fixture.initialize();
      assertThat(unused.shape()).isEqualTo(Shape.of(1, 512));
      var kernel = fixture.value("stage3.block1.conv2.kernel");
      var variance = Arrays.stream(kernel).map(x -> x * x).average().orElseThrow();
      assertThat(variance * 9 * 512).isCloseTo(factor, within(0.01));
    }
  }

  @Test
  void variablesAreNamedByTheirPlace() {
    try (var fixture = new GraphFixture()) {
      var resNet = new ResNet(Stem.SMALL_3X3, List.of(1, 1), 2, ResNet.NORM);
      var unused = embed(resNet, fixture.training().in("backbone"), fixture, 1, 4, 4, 3);
      assertThat(unused.shape()).isEqualTo(Shape.of(1, 4));
      assertThat(fixture.variables().all().stream().map(Variable::name))
          .filteredOn(name -> name.endsWith(".kernel"))
          .containsExactlyInAnyOrder(
              "backbone.stem.kernel",
              "backbone.stage0.block0.conv1.kernel",
              "backbone.stage0.block0.conv2.kernel",
              "backbone.stage1.block0.conv1.kernel",
              "backbone.stage1.block0.conv2.kernel",
              "backbone.stage1.block0.shortcut.kernel");
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .contains(
              "backbone.stem.norm.scale",
              "backbone.stage1.block0.conv2.norm.offset",
              "backbone.stage1.block0.shortcut.norm.variance");
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingEqualsTheNetworkInPlainJava(Stem stem) {
    try (var fixture = new GraphFixture()) {
      var resNet = new ResNet(stem, List.of(2, 1), 3, new NormSettings(0.1, 1e-3, 0.7));
      var x = new Images(3, 9, 8, 1, noise(1, 216));
      var embeddings = resNet.embed(fixture.training(), fixture.tensor(x.values(), x.shape()));
      fixture.initialize();
      shakeOffsets(fixture);
      assertThat(fixture.value(embeddings)).containsExactly(plain(resNet, fixture, x, true), CLOSE);
    }
  }

  @Test
  void inferenceUsesTheRunningStatisticsAndSharesTheWeights() {
    try (var fixture = new GraphFixture()) {
      var resNet = new ResNet(Stem.SMALL_3X3, List.of(1, 1), 3, new NormSettings(0.1, 1e-3, 1));
      var x = new Images(3, 6, 5, 2, noise(2, 180));
      var input = fixture.tensor(x.values(), x.shape());
      var training = resNet.embed(fixture.training(), input);
      var count = fixture.variables().all().size();
      var updates = fixture.variables().updates().size();
      var inference = resNet.embed(fixture.inference(), input);
      assertThat(fixture.variables().all()).hasSize(count);
      // Six norms, a mean and a variance each; the inference graph adds none.
      assertThat(updates).isEqualTo(12);
      assertThat(fixture.variables().updates()).hasSize(updates);
      fixture.initialize();
      shakeOffsets(fixture);
      fixture.update(0);
      assertThat(fixture.value(inference)).containsExactly(plain(resNet, fixture, x, false), CLOSE);
      assertThat(fixture.value(inference)).isNotEqualTo(fixture.value(training));
    }
  }

  @Test
  void anInferenceGraphTakesAnyBatchOneImageAtATime() {
    try (var fixture = new GraphFixture()) {
      var resNet = ResNet.tiny(Stem.SMALL_3X3, ResNet.NORM);
      var pixels = noise(3, 2 * 8 * 8 * 3);
      var both = resNet.embed(fixture.inference(), fixture.tensor(pixels, 2, 8, 8, 3));
      var last =
          resNet.embed(
              fixture.inference(),
              fixture.tensor(Arrays.copyOfRange(pixels, 192, 384), 1, 8, 8, 3));
      fixture.initialize();
      assertThat(fixture.value(last))
          .containsExactly(Arrays.copyOfRange(fixture.value(both), 32, 64), CLOSE);
    }
  }

  @Test
  void blocksThatStartAsTheirShortcutIgnoreTheirResidualBranch() {
    var first = new NormSettings(0.1, 1e-5, 0);
    try (var fixture = new GraphFixture()) {
      var resNet = ResNet.tiny(Stem.SMALL_3X3, first);
      var embeddings = embed(resNet, fixture.training(), fixture, 2, 8, 8, 3);
      fixture.initialize();
      var before = fixture.value(embeddings);
      fixture.variables().all().stream()
          .filter(v -> v.name().matches("stage.*conv[12]\\.kernel"))
          .forEach(v -> fixture.assign(v.name(), noise(4, (int) v.size())));
      assertThat(fixture.value(embeddings)).isEqualTo(before).doesNotContain(Double.NaN);
      assertThat(Arrays.stream(before)).anyMatch(v -> v > 0.01);
      assertThat(fixture.value("stage2.block0.conv1.norm.scale")).containsOnly(1);
      assertThat(fixture.value("stage2.block0.conv2.norm.scale")).containsOnly(0);
      assertThat(fixture.value("stage2.block0.shortcut.norm.scale")).containsOnly(1);
      fixture.assign("stage2.block0.conv2.norm.scale", noise(5, 32));
      assertThat(fixture.value(embeddings)).isNotEqualTo(before);
    }
  }

  @Test
  void halfPrecisionStaysInsideTheBackbone() {
    try (var fixture = new GraphFixture()) {
      var resNet = ResNet.tiny(Stem.SMALL_3X3, ResNet.NORM);
      var full = embed(resNet, fixture.training(), fixture, 4, 8, 8, 3);
      var half = embed(resNet, fixture.training().with(Arithmetic.BFLOAT16), fixture, 4, 8, 8, 3);
      fixture.initialize();
      assertThat(half.type()).isEqualTo(TFloat32.class);
      assertThat(fixture.value(half)).containsExactly(fixture.value(full), within(0.1));
      assertThat(fixture.value(half)).isNotEqualTo(fixture.value(full));
    }
  }

  @Test
  void everyTrainedWeightHasAGradient() {
    try (var fixture = new GraphFixture()) {
      var resNet = ResNet.tiny(Stem.POOLED_7X7, ResNet.NORM);
      var embeddings = embed(resNet, fixture.training(), fixture, 4, 32, 32, 3);
      fixture.initialize();
      shakeOffsets(fixture);
      var loss = fixture.tf().math.mul(embeddings, fixture.tensor(noise(6, 128), 4, 32));
      var trained = fixture.variables().trained();
      var gradients =
          fixture.values(
              0, fixture.gradients(loss, trained.stream().map(Variable::value).toList()));
      for (var i = 0; i < trained.size(); i++) {
        assertThat(Arrays.stream(gradients.get(i))).allMatch(Double::isFinite);
        assertThat(Arrays.stream(gradients.get(i)))
            .as(trained.get(i).name())
            .anyMatch(g -> Math.abs(g) > 1e-6);
      }
    }
  }

  @Test
  void aNetworkWithoutBlocksOrWidthIsRefused() {
    for (var blocks : List.of(List.<Integer>of(), List.of(2, 0))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ResNet(Stem.SMALL_3X3, blocks, 8, ResNet.NORM))
          .withMessageContaining(blocks.toString());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResNet(Stem.SMALL_3X3, List.of(1), 0, ResNet.NORM))
        .withMessageContaining("width");
  }

  private static Operand<TFloat32> embed(
      ResNet resNet, Net net, GraphFixture fixture, int n, int h, int w, int c) {
    return resNet.embed(net, fixture.tensor(noise(9, n * h * w * c), n, h, w, c));
  }

  private static String square(int size, int channels) {
    return size + "x" + size + "x" + channels;
  }

  /** Shapes of the convolutions of the graph: the shortcut of a block comes after its branch. */
  private static Stream<Shape> convolutions(GraphFixture fixture) {
    var operations = new ArrayList<Shape>();
    fixture
        .graph()
        .operations()
        .forEachRemaining(
            op -> {
              if (op.type().equals("Conv2D")) {
                operations.add(op.output(0).shape());
              }
            });
    return operations.stream();
  }

  /** Offsets away from zero, so that a forgotten one is noticed. */
  private static void shakeOffsets(GraphFixture fixture) {
    fixture.variables().all().stream()
        .filter(v -> v.name().endsWith(".offset"))
        .forEach(v -> fixture.assign(v.name(), noise(v.name().hashCode(), (int) v.size())));
  }

  /** The forward pass, written from the paper's figures. */
  private static double[] plain(ResNet resNet, GraphFixture fixture, Images images, boolean batch) {
    var plain = new PlainBlocks(fixture, resNet.norm().epsilon(), batch);
    var small = resNet.stem() == Stem.SMALL_3X3;
    var x = Reference.relu(plain.convNorm("stem", images, small ? 3 : 7, small ? 1 : 2));
    x = small ? x : Reference.maxPool(x);
    for (var stage = 0; stage < resNet.stageBlocks().size(); stage++) {
      for (var block = 0; block < resNet.stageBlocks().get(stage); block++) {
        x = plain.block("stage" + stage + ".block" + block, x, stage > 0 && block == 0);
      }
    }
    return Reference.globalMean(x);
  }
}
