package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.loss.ArcFace;
import org.openmargin.loss.Arpl;
import org.openmargin.loss.CosFace;
import org.openmargin.loss.Gcpl;
import org.openmargin.loss.Nmcl;
import org.openmargin.loss.NormFace;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Rpl;
import org.openmargin.loss.Scale;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.loss.SphereFace;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.augment.Mixup;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Parallel;
import org.openmargin.trainer.FeedSettings.Place;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Training on virtual devices of the CPU, against one device with the whole batch. */
class DataParallelTest {
  private static final int STEPS = 6;
  private static final float RATE = 1e-2f;
  private static final Parallel TWO = new Parallel(2, true);
  private static final Parallel TWO_APART = new Parallel(2, false);

  /** Relative: sums are in another order. */
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  private static Trainer on(Parallel parallel, Trainer trainer) {
    return new Trainer(
        trainer.network(),
        trainer.settings(),
        trainer.runtime().with(parallel),
        trainer.feeding(),
        trainer.start());
  }

  /** Two convolutions with batch norms, in three stages. */
  private record Plain() implements StagedBackbone {
    @Override
    public int stages() {
      return 3;
    }

    @Override
    public List<String> maps() {
      return List.of("first", "second");
    }

    @Override
    public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
      var here = net.in("stage" + index);
      var map = net.cast(x, TFloat32.class);
      return switch (index) {
        case 0 -> normed(here, Layers.conv(here, map, new ConvShape(3, 4, 8)));
        case 1 -> normed(here, Layers.conv(here, map, new ConvShape(1, 1, 12)));
        default -> Layers.globalMean(here, map);
      };
    }

    private static Operand<TFloat32> normed(Net net, Operand<TFloat32> x) {
      return Layers.relu(net, Layers.batchNorm(net.in("norm"), x, ResNet.NORM));
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 12;
    }
  }

  private static Trainer plain() {
    return with(omcl());
  }

  private static Trainer with(OpenSetLoss head) {
    return with(settings().step(), head);
  }

  private static Trainer with(TrainSettings.StepSettings step, OpenSetLoss head) {
    var network = new OpenSetNetwork(InputFormat.of(16, 16, 3), new Plain(), head);
    return new Trainer(network, settings().with(step), RuntimeSettings.DETERMINISTIC_CPU);
  }

  /** Not Adam, which makes much of small differences of small gradients. */
  private static TrainSettings settings() {
    var sgd = new Optimizer.Sgd(0.9, false, Optimizer.Decay.NONE);
    return Fixtures.settings(2, sgd, RATE, Precision.FLOAT32);
  }

  /** The loss of each step. */
  private static List<Double> losses(Trainer trainer) {
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      return losses(session, 0);
    }
  }

  private static List<Double> losses(TrainSession session, int first) {
    var losses = new ArrayList<Double>();
    var before = session.read().lossSum();
    for (var step = first; step < first + STEPS; step++) {
      session.step(step, RATE);
      var sum = session.read().lossSum();
      losses.add(sum - before);
      before = sum;
    }
    return losses;
  }

  private static void assertClose(List<Double> losses, List<Double> others) {
    assertThat(losses).hasSameSizeAs(others);
    for (var i = 0; i < losses.size(); i++) {
      var other = others.get(i);
      assertThat(losses.get(i)).isCloseTo(other, within(TOLERANCE * Math.abs(other)));
    }
  }

  private static Omcl omcl(
      double perImage, Suppression.Descriptors descriptors, Suppression.Reduction reduction) {
    var suppression = new Suppression(0.5, perImage, descriptors, reduction);
    return new Omcl(
        3, new Omcl.Margins(0.1, 0), new OpenClass(true, 0.1, suppression), new Scale(16, 0.1));
  }

  private static Omcl omcl() {
    return omcl(1, Suppression.Descriptors.NORMALIZED, Suppression.Reduction.SUM_OF_MEANS);
  }

  static Stream<Arguments> losses() {
    var softmax = new SoftmaxCrossEntropy(3, 0.1, SoftmaxCrossEntropy.Smoothing.OTHER_CLASSES);
    return Stream.<OpenSetLoss>of(
            softmax,
            omcl(),
            omcl(0.5, Suppression.Descriptors.RAW, Suppression.Reduction.JOINT_MEAN),
            new NormFace(3, 16),
            new ArcFace(3, 0.1, 16),
            new SphereFace(3, 2, new SphereFace.Annealing(5, 0.1, 0)),
            new Rpl(3, 0.1, 1),
            SeveralNetworks.DIAS.loss())
        .map(Arguments::of);
  }

  /** One of each form; the others differ in what they do to one image's numbers. */
  @ParameterizedTest
  @MethodSource("losses")
  void everyDivisibleLossIsThatOfOneDevice(OpenSetLoss head) {
    var alone = losses(with(head));
    assertThat(alone.get(STEPS - 1)).isNotEqualTo(alone.get(0));
    assertClose(losses(on(TWO, with(head))), alone);
  }

  @Test
  void lossesOfTheSameFormAreDivisibleToo() {
    var others =
        List.of(
            new CosFace(3, 0.1, 16),
            new Nmcl(3, -0.1, 16),
            new Gcpl(3, 0.1, 1),
            new Arpl(3, 0.1, 1));
    assertThat(others).allSatisfy(loss -> assertThat(loss.whyIndivisible(16, 2)).isEmpty());
  }

  @Test
  void twoDevicesAreReproducibleBitForBit() {
    for (var parallel : List.of(TWO, TWO_APART)) {
      assertThat(losses(on(parallel, plain()))).isEqualTo(losses(on(parallel, plain())));
    }
  }

  /** On as many threads as the machine has. */
  @Test
  void threadsDoNotStopTwoDevices() {
    var fast = new Trainer(plain().network(), settings(), RuntimeSettings.CPU.with(TWO));
    assertClose(losses(fast), losses(plain()));
  }

  @Test
  void fourDevicesAreThoseOfOneToo() {
    assertClose(losses(on(new Parallel(4, true), plain())), losses(plain()));
  }

  @Test
  void devicesWithTheirOwnStatisticsTrainAnotherModel() {
    var apart = losses(on(TWO_APART, plain()));
    var alone = losses(plain());
    assertThat(apart).allMatch(Double::isFinite);
    assertThat(apart.get(0)).isNotCloseTo(alone.get(0), within(TOLERANCE * alone.get(0)));
  }

  /** Images of one part or another have one mean: only the variance between the parts is lost. */
  @Test
  void runningStatisticsAreTheMeansOverTheDevices() {
    try (var one = new SingleObjectives(plain());
        var apart = new SingleObjectives(on(TWO_APART, plain()));
        var together = new SingleObjectives(on(TWO, plain()))) {
      for (var each : List.of(one, apart, together)) {
        each.run(0, 0);
      }
      var first =
          one.values().keySet().stream()
              .filter(n -> n.equals("backbone.stage0.norm.mean"))
              .findFirst();
      var mean = first.orElseThrow();
      var variance = mean.replaceAll("mean$", "variance");
      var expected = one.values();
      assertThat(together.values().get(mean)).containsExactly(expected.get(mean), within(1e-5f));
      assertThat(apart.values().get(mean)).containsExactly(expected.get(mean), within(1e-5f));
      var whole = expected.get(variance);
      var parts = apart.values().get(variance);
      assertThat(together.values().get(variance)).containsExactly(whole, within(1e-5f));
      for (var i = 0; i < whole.length; i++) {
        assertThat(parts[i]).isLessThan(whole[i] * 1.001f);
      }
      assertThat(parts).isNotEqualTo(whole);
    }
  }

  @Test
  void mixedImagesHaveTheirPartnersInTheWholeBatch() {
    var head = new NormFace(3, 16);
    var step = settings().step().with(new Mixup(0.4));
    assertClose(losses(on(TWO, with(step, head))), losses(with(step, head)));
  }

  @Test
  void openSamplesAreSharedEqually() {
    var kinds = List.of(OpenSamples.Kind.CUTMIX, OpenSamples.Kind.BLUR);
    var step = settings().step().with(new OpenSamples(kinds, 0.25));
    assertClose(losses(on(TWO, with(step, omcl()))), losses(with(step, omcl())));
  }

  @Test
  void averagedAndClippedWeightsAreThoseOfOneDevice() {
    var step = settings().step();
    var clipped =
        new TrainSettings.StepSettings(
            new WeightAverage(step.optimizer(), 0.9),
            step.rate(),
            0.1,
            step.augmentation(),
            step.precision());
    var trainer = with(clipped, omcl());
    assertClose(losses(on(TWO, trainer)), losses(trainer));
  }

  @Test
  void streamedImagesAreDividedToo() {
    var two = on(TWO, plain());
    var streamed = new FeedSettings(Place.STREAMED, 0, 2, 2);
    var fed = new Trainer(two.network(), two.settings(), two.runtime(), streamed);
    assertThat(losses(fed)).isEqualTo(losses(two));
  }

  @Test
  void aCheckpointGoesOnWithAnotherNumberOfDevices() {
    var known = Fixtures.cells().train();
    var prefix = folder.resolve("variables");
    try (var two = new TrainSession(on(TWO, plain()), known);
        var one = new TrainSession(plain(), known)) {
      losses(two, 0);
      two.save(prefix);
      one.restore(prefix);
      assertClose(losses(one, STEPS), losses(two, STEPS));
    }
  }

  /** Gradients, too, run where their images are. */
  @Test
  void eachDeviceHasItsShareOfTheWorkOfAResNet() {
    var trainer = on(TWO, Fixtures.trainer(1, RATE));
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      session.step(0, RATE);
      var nodes = Fixtures.optimisedNodes(session);
      var first = nodes.stream().filter(n -> n.getDevice().endsWith("CPU:0")).count();
      var second = nodes.stream().filter(n -> n.getDevice().endsWith("CPU:1")).count();
      assertThat(first + second).isEqualTo(nodes.size());
      // What TensorFlow adds for transfers is named after what is sent, with a number.
      var share =
          nodes.stream()
              .filter(n -> n.getName().startsWith("replica1/"))
              .filter(n -> !n.getName().matches(".*/_\\d+"))
              .toList();
      assertThat(share).isNotEmpty().allMatch(n -> n.getDevice().endsWith("CPU:1"));
      for (var kind : List.of("BackpropFilter", "CollectiveReduce", "MatMul")) {
        var of = nodes.stream().filter(n -> n.getOp().contains(kind)).toList();
        assertThat(of.stream().filter(n -> n.getDevice().endsWith("CPU:1")).count())
            .as(kind)
            .isPositive()
            .isEqualTo(of.stream().filter(n -> n.getDevice().endsWith("CPU:0")).count());
      }
    }
  }

  private static void assertRefused(Parallel parallel, Trainer trainer, String message) {
    assertThatThrownBy(() -> on(parallel, trainer))
        .isInstanceOf(TrainingException.class)
        .hasMessage("runtime.data_parallel: " + message);
  }

  @Test
  void whatDevicesCannotShareIsRefused() {
    assertRefused(
        new Parallel(3, true),
        plain(),
        "training.batch_size is 16, which 3 devices cannot share equally; try 15");
    var kinds = List.of(OpenSamples.Kind.BLUR);
    var step = settings().step().with(new OpenSamples(kinds, 0.2));
    assertRefused(
        TWO,
        with(step, omcl()),
        "training.open_samples.share adds 3 images to a batch of 16, which 2 devices cannot share equally");
    assertRefused(
        TWO,
        with(omcl(0.3, Suppression.Descriptors.RAW, Suppression.Reduction.JOINT_MEAN)),
        "the loss of a batch is not the mean of those of its parts: with 0.3 descriptors per image, a batch of 16 images has 5 descriptors, its 2 parts of 8 images have 2 each; choose descriptors_per_image so that a part has a whole number of them");
    assertRefused(
        TWO,
        with(SeveralNetworks.ARPL_CS.loss()),
        "the loss of a batch is not the mean of those of its parts: confusing samples (loss.arpl.confusing_samples) enter it by the exponential of a mean over the batch");
  }

  /** A loss of someone else's. */
  private record Foreign(OpenSetLoss loss) implements OpenSetLoss {
    @Override
    public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
      return loss.loss(net, embeddings, labels);
    }

    @Override
    public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
      return loss.logits(net, embeddings);
    }
  }

  @Test
  void anUnknownLossIsRefusedUntilItSaysThatItIsAMean() {
    assertThat(new Foreign(omcl()).whyIndivisible(16, 2)).isNotEqualTo(Optional.empty());
    assertRefused(
        TWO,
        with(new Foreign(omcl())),
        "the loss of a batch is not the mean of those of its parts: its whyIndivisible() does not say that the loss of a batch is the mean of those of its parts");
  }
}
