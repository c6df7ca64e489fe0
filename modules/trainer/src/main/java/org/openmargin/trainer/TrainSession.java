package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.Batches;
import org.openmargin.data.EpochOrder;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Variable;
import org.openmargin.runtime.TensorFlowErrors;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** A train graph that runs: the tensors it is fed are made once and refilled. */
public final class TrainSession implements AutoCloseable {
  private final TrainGraph graph;
  private final Session session;
  private final ImageFeed images;
  private final List<Part> parts;
  private final long stepsPerEpoch;
  private final TInt64 step = TInt64.scalarOf(0);
  private final TFloat32 rate = TFloat32.scalarOf(0);
  private Fed fed = new Fed(0, 0);

  /**
   * What minimises one objective.
   *
   * @param runners one for each slot of images
   */
  private record Part(Objective.Epochs epochs, List<Session.Runner> runners) {}

  /** Which step is fed, and the slot of its images. */
  private record Fed(long epoch, int slot) {}

  /**
   * What TensorFlow did for one objective.
   *
   * @param begin nanoseconds since 1970 when it was called
   * @param metadata what it says
   */
  public record Traced(long begin, RunMetadata metadata) {}

  public TrainSession(Trainer trainer, KnownImages known) {
    var settings = trainer.settings();
    graph = TrainGraph.of(trainer, known);
    session =
        new Session(graph.graph(), trainer.runtime().sessionConfig(settings.step().precision()));
    var start = session.runner();
    for (Op initializer : new ArrayList<>(graph.initializers())) {
      start.addTarget(initializer);
    }
    start.run().close();
    var order = new EpochOrder(settings.seed(), known.count());
    images = graph.images().open(session, known, new Batches(order, settings.batchSize()));
    parts = graph.targets().stream().map(this::part).toList();
    stepsPerEpoch = Trainer.stepsPerEpoch(known, settings);
  }

  private Part part(TrainGraph.Target target) {
    var runners =
        IntStream.range(0, images.slots()).mapToObj(slot -> runner(target.run(), slot)).toList();
    return new Part(target.epochs(), runners);
  }

  private Session.Runner runner(Op target, int slot) {
    var runner =
        session
            .runner()
            .feed(graph.feeds().step(), step)
            .feed(graph.feeds().rate(), rate)
            .addTarget(target);
    return images.bind(runner, slot);
  }

  /** Runs one step on its images. */
  public void step(long number, double learningRate) {
    feed(number, learningRate);
    runFed();
  }

  /** Gets the images of a step, which the next runs see. */
  public void feed(long number, double learningRate) {
    fed = new Fed(number / stepsPerEpoch, images.await(number));
    step.setLong(number);
    rate.setFloat((float) learningRate);
  }

  /** Runs a step with what was fed last. */
  public void runFed() {
    runners().forEach(runner -> runner.run().close());
  }

  /** What runs the fed step, one objective after another. */
  private Stream<Session.Runner> runners() {
    return parts.stream()
        .filter(part -> part.epochs().include(fed.epoch()))
        .map(part -> part.runners().get(fed.slot()));
  }

  /** How long steps have waited for their images so far. */
  long inputWaitNanos() {
    return images.waitedNanos();
  }

  /**
   * Runs a step with what was fed last, with these options, and says what TensorFlow did.
   *
   * @param clock nanoseconds since 1970
   */
  public List<Traced> traced(RunOptions options, LongSupplier clock) {
    return runners().map(runner -> traced(runner, options, clock)).toList();
  }

  private static Traced traced(Session.Runner runner, RunOptions options, LongSupplier clock) {
    var begin = clock.getAsLong();
    try (var result = runner.setOptions(options).runAndFetchMetadata()) {
      return new Traced(begin, result.getMetadata().orElseThrow());
    } finally {
      runner.setOptions(RunOptions.getDefaultInstance());
    }
  }

  /**
   * What the device holds now.
   *
   * @param lossSum sum of all losses of this session
   * @param firstBadStep number of the first step with a loss that was not finite
   * @param scale the head's scale
   */
  record Reading(double lossSum, long firstBadStep, double scale) {}

  Reading read() {
    try (var result =
        session
            .runner()
            .fetch(graph.meter().sum())
            .fetch(graph.meter().firstBadStep())
            .fetch(graph.health().scale())
            .run()) {
      return new Reading(
          ((TFloat64) result.get(0)).getDouble(),
          ((TInt64) result.get(1)).getLong(),
          ((TFloat32) result.get(2)).getFloat());
    }
  }

  boolean isFinite() {
    try (var result = session.runner().fetch(graph.health().finite()).run()) {
      return ((TBool) result.get(0)).getBoolean();
    }
  }

  void save(Path prefix) {
    run(prefix, graph.file().save());
  }

  void restore(Path prefix) {
    try {
      run(prefix, graph.file().restore());
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e,
          reason ->
              new TrainingException(
                  "cannot resume from %s: it is damaged or belongs to another network or optimizer (%s)"
                      .formatted(prefix.getParent(), reason),
                  e));
    }
  }

  private void run(Path prefix, Op op) {
    try (var fed = TString.scalarOf(prefix.toString())) {
      session.runner().feed(graph.file().prefix(), fed).addTarget(op).run().close();
    }
  }

  long trainedWeights() {
    return graph.variables().trained().stream().mapToLong(Variable::size).sum();
  }

  @Override
  public void close() {
    images.close();
    step.close();
    rate.close();
    session.close();
    graph.close();
  }
}
