package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.Batches;
import org.openmargin.data.EpochOrder;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.TensorFlowErrors;
import org.openmargin.nn.Variable;
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
final class TrainSession implements AutoCloseable {
  private final TrainGraph graph;
  private final Session session;
  private final ImageFeed images;
  private final List<Session.Runner> runners;
  private final TInt64 step = TInt64.scalarOf(0);
  private final TFloat32 rate = TFloat32.scalarOf(0);
  private int slot;

  TrainSession(Trainer trainer, KnownImages known) {
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
    runners = IntStream.range(0, images.slots()).mapToObj(this::runner).toList();
  }

  private Session.Runner runner(int fedSlot) {
    var runner =
        session
            .runner()
            .feed(graph.feeds().step(), step)
            .feed(graph.feeds().rate(), rate)
            .addTarget(graph.step());
    return images.bind(runner, fedSlot);
  }

  /** Runs one step on its images. */
  void step(long number, double learningRate) {
    feed(number, learningRate);
    runFed();
  }

  /** Gets the images of a step, which the next runs see. */
  void feed(long number, double learningRate) {
    slot = images.await(number);
    step.setLong(number);
    rate.setFloat((float) learningRate);
  }

  /** Runs a step with what was fed last. */
  void runFed() {
    runners.get(slot).run().close();
  }

  /** How long steps have waited for their images so far. */
  long inputWaitNanos() {
    return images.waitedNanos();
  }

  /** Runs a step with what was fed last, with these options, and says what TensorFlow did. */
  RunMetadata traced(RunOptions options) {
    var stepRunner = runners.get(slot);
    try (var result = stepRunner.setOptions(options).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow();
    } finally {
      stepRunner.setOptions(RunOptions.getDefaultInstance());
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
