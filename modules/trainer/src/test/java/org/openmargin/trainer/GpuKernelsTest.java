package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.loss.ArcFace;
import org.openmargin.loss.Arpl;
import org.openmargin.loss.CosFace;
import org.openmargin.loss.Gcpl;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Rpl;
import org.openmargin.loss.Scale;
import org.openmargin.loss.SphereFace;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.nn.augment.ChromaJitter;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.nn.augment.RandAugment;
import org.openmargin.nn.augment.Warp;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings.Place;
import org.openmargin.trainer.TrainSettings.StepSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;
import org.tensorflow.proto.RunOptions;

/** Run with {@code -Pgpu}: the library for GPUs lists its kernels on any machine. */
class GpuKernelsTest {

  /** Fed int32 values (indices or labels) get their constant shape on the host. */
  private static final Set<String> ON_HOST = Set.of("Reshape(T=DT_INT32, Tshape=DT_INT32)");

  private final GpuKernels kernels = new GpuKernels();

  static Stream<Trainer> trainers() {
    return Stream.concat(
        Stream.of(Precision.values())
            .flatMap(
                precision ->
                    Stream.of(
                        trainer(precision, Place.RESIDENT, network(ResNet.Stem.SMALL_3X3)),
                        trainer(precision, Place.STREAMED, network(ResNet.Stem.POOLED_7X7)))),
        Stream.concat(
            Stream.of(withOpenSamples()),
            heads().map(head -> trainer(Precision.FLOAT32, Place.RESIDENT, tinyNetwork(head)))));
  }

  /**
   * One of each family: distances, a trained radius, margins with operations of their own, and
   * several networks.
   */
  private static Stream<OpenSetLoss> heads() {
    return Stream.of(
        new Gcpl(3, 0.1, 2),
        new Rpl(3, 0.1, 2),
        new Arpl(3, 0.1, 2),
        new CosFace(3, 0.35, 64),
        new ArcFace(3, 0.5, 64),
        new SphereFace(3, 4, new SphereFace.Annealing(1000, 0.12, 5)),
        SeveralNetworks.ARPL_CS.loss(),
        SeveralNetworks.DIAS.loss());
  }

  @BeforeEach
  void theLibraryForGpusIsThere() {
    assumeThat(kernels.areThere())
        .as("TensorFlow's library for GPUs is on the class path; if not: mvn -Pgpu")
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void everyOperationOfAStepHasAGpuKernel(Trainer trainer) {
    for (var optimizer : optimizers()) {
      try (var graph = TrainGraph.of(with(trainer, optimizer), Fixtures.cells().train())) {
        assertThat(kernels.missing(graph.graph().toGraphDef(), targets(graph)))
            .as("operations without a GPU kernel, %s", optimizer)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void noOperationOfAStepThatAGpuHasComputesOnTheHost(Trainer trainer) {
    var options = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      for (var firstOfEpoch : List.of(0, 4)) {
        session.feed(firstOfEpoch, 1e-3);
        assertThat(session.traced(options, System::nanoTime))
            .isNotEmpty()
            .flatMap(traced -> traced.metadata().getPartitionGraphsList())
            .isNotEmpty()
            .allSatisfy(graph -> assertThat(kernels.onHost(graph)).isSubsetOf(ON_HOST));
      }
    }
  }

  private static List<String> targets(TrainGraph graph) {
    var names = new ArrayList<>(graph.targets().stream().map(t -> t.run().op().name()).toList());
    names.add(graph.meter().sum().op().name());
    names.add(graph.meter().firstBadStep().op().name());
    names.add(graph.health().scale().op().name());
    names.add(graph.health().finite().op().name());
    return names;
  }

  private static List<Optimizer> optimizers() {
    var coupled = new Optimizer.Decay(1e-4, false);
    return List.of(
        new Optimizer.Adam(0.9, 0.999, 1e-8, new Optimizer.Decay(1e-4, true)),
        new Optimizer.Adam(0.9, 0.999, 1e-8, coupled),
        new WeightAverage(new Optimizer.Sgd(0.9, true, coupled), 0.999));
  }

  private static Trainer with(Trainer trainer, Optimizer optimizer) {
    var step = trainer.settings().step();
    var settings = with(settings(optimizer, step.precision()), step.openSamples());
    return new Trainer(trainer.network(), settings, trainer.runtime(), trainer.feeding());
  }

  private static Trainer trainer(Precision precision, Place place, OpenSetNetwork network) {
    return new Trainer(
        network,
        settings(Fixtures.adam(), precision),
        RuntimeSettings.CPU.on(RuntimeSettings.Device.GPU),
        new FeedSettings(place, 0, 1, 1));
  }

  private static Trainer withOpenSamples() {
    var trainer = trainer(Precision.FLOAT32, Place.RESIDENT, network(ResNet.Stem.POOLED_7X7));
    var every = new OpenSamples(List.of(OpenSamples.Kind.values()), 0.5);
    var settings = with(trainer.settings(), every);
    return new Trainer(trainer.network(), settings, trainer.runtime(), trainer.feeding());
  }

  private static TrainSettings with(TrainSettings base, OpenSamples samples) {
    var step = base.step().with(samples);
    return new TrainSettings(1, base.batchSize(), base.seed(), step, base.keeping());
  }

  private static OpenSetNetwork network(ResNet.Stem stem) {
    var suppression =
        new Suppression(
            0.5, 2, Suppression.Descriptors.NORMALIZED, Suppression.Reduction.SUM_OF_MEANS);
    var head =
        new Omcl(
            3,
            new Omcl.Margins(-0.1, 0.1),
            new OpenClass(true, 0.1, suppression),
            new Scale(16, 0.1));
    return new OpenSetNetwork(InputFormat.of(16, 16, 3), ResNet.resNet18(stem, ResNet.NORM), head);
  }

  private static OpenSetNetwork tinyNetwork(OpenSetLoss head) {
    return new OpenSetNetwork(
        InputFormat.of(16, 16, 3), ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM), head);
  }

  private static TrainSettings settings(Optimizer optimizer, Precision precision) {
    var color = new Augmentation.ColorJitter(0.1, 0.1, new ChromaJitter(0.1, 10));
    var everything =
        new Augmentation(2, true, true, color)
            .with(new Warp(180, 0.2, 5))
            .with(new RandAugment(2, 9));
    var base = Fixtures.settings(1, optimizer, 1e-2, precision);
    var step = new StepSettings(optimizer, base.step().rate(), 5, everything, precision);
    return new TrainSettings(1, Fixtures.BATCH, 7, step, base.keeping());
  }
}
