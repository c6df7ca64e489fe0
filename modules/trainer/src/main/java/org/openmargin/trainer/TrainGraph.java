package org.openmargin.trainer;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Arithmetic;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The graph of one training step, every shape known.
 *
 * @param graph owner of all operations
 * @param feeds what a step is given beside its images
 * @param images the images of a step
 * @param variables weights, statistics and slots
 * @param step runs one step
 * @param meter what a step leaves behind
 * @param health what is looked at now and then
 * @param file writes and reads all variables
 */
record TrainGraph(
    Graph graph,
    Feeds feeds,
    TrainImages images,
    Variables variables,
    Op step,
    LossMeter meter,
    Health health,
    VariableFile file)
    implements AutoCloseable {

  /**
   * @param step scalar: number of the step from 0
   * @param rate scalar: learning rate
   */
  record Feeds(Placeholder<TInt64> step, Placeholder<TFloat32> rate) {}

  /**
   * @param scale scalar: the head's scale
   * @param finite scalar: whether every weight and statistic is finite
   */
  record Health(Operand<TFloat32> scale, Operand<TBool> finite) {
    private static Health of(Net net, Operand<TFloat32> scale) {
      var tf = net.tf();
      var sums =
          net.variables().model().stream()
              .<Operand<TFloat32>>map(v -> tf.nn.l2Loss(v.value()))
              .toList();
      return new Health(scale, tf.math.isFinite(tf.math.addN(sums)));
    }
  }

  static TrainGraph of(Trainer trainer, KnownImages known) {
    var network = trainer.network();
    var settings = trainer.settings();
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
    var pixels = settings.step().augmentation().apply(net, images.pixels());
    var loss = network.loss(net, pixels, images.labels());
    var meter = LossMeter.of(net, loss, feeds.step());
    var operations = new ArrayList<>(updates(net, loss, feeds, settings.step()));
    operations.addAll(variables.updates());
    operations.add(meter.update());
    return new TrainGraph(
        graph,
        feeds,
        images,
        variables,
        tf.withControlDependencies(operations).withName("train_step").noOp(),
        meter,
        Health.of(net, network.scale(net)),
        VariableFile.of(tf, variables.byKey()));
  }

  /** On a CPU, oneDNN's graph rewriter makes bfloat16 of float32. */
  private static Arithmetic arithmetic(Precision precision, RuntimeSettings runtime) {
    var onCpu = runtime.device() == RuntimeSettings.Device.CPU;
    return switch (precision) {
      case FLOAT32 ->
          onCpu && runtime.kernels().winograd() ? Arithmetic.WINOGRAD : Arithmetic.FLOAT32;
      case BFLOAT16 -> onCpu ? Arithmetic.FLOAT32 : Arithmetic.BFLOAT16;
    };
  }

  private static List<Op> updates(
      Net net, Operand<TFloat32> loss, Feeds feeds, TrainSettings.StepSettings settings) {
    var trained =
        net.variables().trained().stream()
            .filter(v -> ((Variable.Trained) v.role()).rateFactor() > 0)
            .toList();
    var gradients = clipped(net, gradients(net, loss, trained), settings.clipNorm());
    var updates = new ArrayList<Optimizer.Update>();
    for (var i = 0; i < trained.size(); i++) {
      var rate = rate(net, feeds, (Variable.Trained) trained.get(i).role());
      updates.add(new Optimizer.Update(trained.get(i), gradients.get(i), rate));
    }
    return settings.optimizer().apply(net, updates, feeds.step());
  }

  private static List<Operand<TFloat32>> gradients(
      Net net, Operand<TFloat32> loss, List<Variable> trained) {
    var tf = net.tf();
    var values = trained.stream().map(Variable::value).toList();
    var gradients = tf.gradients(loss, values, Gradients.dx(List.of(tf.constant(1f))));
    return gradients.dy().stream().<Operand<TFloat32>>map(TrainGraph::float32).toList();
  }

  private static Output<TFloat32> float32(Output<?> output) {
    return output.expect(TFloat32.class);
  }

  /** Scales all gradients by one factor so that their common norm is at most {@code limit}. */
  private static List<Operand<TFloat32>> clipped(
      Net net, List<Operand<TFloat32>> gradients, double limit) {
    if (limit == 0) {
      return gradients;
    }
    var tf = net.tf();
    var squares = gradients.stream().map(g -> tf.math.mul(tf.constant(2f), tf.nn.l2Loss(g)));
    var norm = tf.math.sqrt(tf.math.addN(squares.<Operand<TFloat32>>map(s -> s).toList()));
    var bound = tf.constant((float) limit);
    var factor = tf.math.div(bound, tf.math.maximum(norm, bound));
    return gradients.stream().<Operand<TFloat32>>map(g -> tf.math.mul(g, factor)).toList();
  }

  private static Operand<TFloat32> rate(Net net, Feeds feeds, Variable.Trained role) {
    var factor = role.rateFactor();
    return factor == 1
        ? feeds.rate()
        : net.tf().math.mul(feeds.rate(), net.tf().constant((float) factor));
  }

  /** Assigns the first value to every variable. */
  List<Op> initializers() {
    var all = new ArrayList<Op>(variables.all().stream().map(Variable::initialize).toList());
    all.add(meter.initialize());
    return all;
  }

  @Override
  public void close() {
    graph.close();
  }
}
