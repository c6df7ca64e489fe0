package org.openmargin.trainer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Arithmetic;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.parallel.Replicas;
import org.openmargin.trainer.weights.Assignments;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The graph of one training step, with all shapes known. A step is one target per objective; they
 * run one after another, so each sees the weights as left by those before it.
 *
 * @param feeds fed to a step besides its images
 * @param variables weights, statistics and slots
 * @param targets run one step, in this order
 * @param health checked when metrics are read
 * @param start values from elsewhere for a new training
 */
record TrainGraph(
    Graph graph,
    Feeds feeds,
    TrainImages images,
    Variables variables,
    List<Target> targets,
    LossMeter meter,
    Health health,
    VariableFile file,
    Assignments start)
    implements AutoCloseable {

  /**
   * @param step scalar: number of the step from 0
   * @param rate scalar: learning rate
   */
  record Feeds(Placeholder<TInt64> step, Placeholder<TFloat32> rate) {}

  /** The part of a step that minimises one objective. */
  record Target(Objective.Passes passes, Op run) {}

  /**
   * @param scale scalar: the head's scale
   * @param prototypeCosine scalar, see {@link OpenSetNetwork#prototypeCosine}
   * @param finite scalar: whether every weight and statistic is finite
   */
  record Health(
      Operand<TFloat32> scale, Optional<Operand<TFloat32>> prototypeCosine, Operand<TBool> finite) {
    private static Health of(Net net, OpenSetNetwork network) {
      var tf = net.tf();
      var sums =
          net.variables().model().stream()
              .<Operand<TFloat32>>map(v -> tf.nn.l2Loss(v.value()))
              .toList();
      return new Health(
          network.scale(net), network.prototypeCosine(net), tf.math.isFinite(tf.math.addN(sums)));
    }
  }

  static TrainGraph of(Trainer trainer, KnownImages known) {
    var settings = trainer.settings();
    var network = settings.step().mixup().of(trainer.network());
    var graph = new Graph();
    var tf = Ops.create(graph);
    var variables = new Variables(tf, settings.seed());
    var feeds =
        new Feeds(
            tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar())),
            tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())));
    var net =
        Net.root(tf, variables, new Mode.Training(feeds.step()))
            .with(arithmetic(settings.step().precision(), trainer.runtime()));
    var images = TrainImages.of(net, known, settings.batchSize(), trainer.feeding());
    var batch = batch(net, images, network, settings.step());
    var meter = LossMeter.of(net);
    var objectives = network.objectives();
    var perPass = Trainer.stepsPerPass(known, settings);
    var count = new UpdateCount(tf, feeds.step(), perPass, objectives);
    var replicas = new Replicas(trainer.runtime());
    var parted = new Minimizer.Parted(batch, replicas.parts(net, batch, settings.batchSize()));
    var minimizer = new Minimizer(net, feeds, settings.step(), meter, count, replicas);
    var targets =
        IntStream.range(0, objectives.size()).mapToObj(i -> minimizer.target(i, parted)).toList();
    replicas.place(graph);
    return new TrainGraph(
        graph,
        feeds,
        images,
        variables,
        targets,
        meter,
        Health.of(net, network),
        VariableFile.of(tf, variables.byKey()),
        Assignments.of(tf, variables, trainer.start()));
  }

  /** Augmented images, and those of open space. */
  private static OpenSamples.Batch batch(
      Net net, TrainImages images, OpenSetNetwork network, TrainSettings.StepSettings step) {
    var pixels = step.mixup().mixed(net, step.augmentation().apply(net, images.pixels()));
    var batch = new OpenSamples.Batch(pixels, images.labels());
    var open = step.openSamples();
    return open.isNone() ? batch : open.addedTo(net, batch, network.openClass(net));
  }

  private static Arithmetic arithmetic(Precision precision, RuntimeSettings runtime) {
    var onCpu = runtime.device() == RuntimeSettings.Device.CPU;
    if (precision == Precision.BFLOAT16 && !runtime.rewritesToBfloat16()) {
      return onCpu ? Arithmetic.BFLOAT16_WINOGRAD : Arithmetic.BFLOAT16;
    }
    var winograd = precision == Precision.FLOAT32 && onCpu && runtime.kernels().winograd();
    return winograd ? Arithmetic.WINOGRAD : Arithmetic.FLOAT32;
  }

  /** Assign their initial values to all variables. */
  List<Op> initializers() {
    return variables.all().stream().map(Variable::initialize).toList();
  }

  @Override
  public void close() {
    graph.close();
  }
}
