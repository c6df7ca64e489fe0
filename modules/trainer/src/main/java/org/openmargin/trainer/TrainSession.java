package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.openmargin.data.KnownImages;
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

/** A running training graph: steps, readings from the device, checkpoints. */
public final class TrainSession implements AutoCloseable {
  private final TrainGraph graph;
  private final Session session;
  private final StepRunners steps;

  /**
   * One call of TensorFlow, for one objective.
   *
   * @param begin time of the call, nanoseconds since 1970
   */
  public record Traced(long begin, RunMetadata metadata) {}

  public TrainSession(Trainer trainer, KnownImages known) {
    var settings = trainer.settings();
    graph = TrainGraph.of(trainer, known);
    session =
        new Session(graph.graph(), trainer.runtime().sessionConfig(settings.step().precision()));
    var start = session.runner();
    for (var initializer : new ArrayList<>(graph.initializers())) {
      start.addTarget(initializer);
    }
    start.run().close();
    graph.start().run(session);
    begin(0);
    steps = new StepRunners(graph, session, settings, known);
  }

  public void step(long number, double learningRate) {
    feed(number, learningRate);
    runFed();
  }

  /** Waits for the images of a step and feeds them to the following runs. */
  public void feed(long number, double learningRate) {
    steps.feed(number, learningRate);
  }

  /** Runs a step on what was fed last. */
  public void runFed() {
    steps.runners().forEach(runner -> runner.run().close());
  }

  /** Total time that steps have waited for their images. */
  long inputWaitNanos() {
    return steps.waitedNanos();
  }

  /**
   * Runs a step on what was fed last, with these options, and returns TensorFlow's records.
   *
   * @param clock nanoseconds since 1970
   */
  public List<Traced> traced(RunOptions options, LongSupplier clock) {
    return steps.runners().map(runner -> traced(runner, options, clock)).toList();
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
   * Values read from the device.
   *
   * @param lossSum sum of the losses of all steps
   * @param firstBadStep number of the first step with a loss that was not finite
   */
  record Reading(double lossSum, long firstBadStep, RunListener.Head head) {}

  Reading read() {
    var runner =
        session
            .runner()
            .fetch(graph.meter().sum())
            .fetch(graph.meter().firstBadStep())
            .fetch(graph.health().scale());
    graph.health().prototypeCosine().ifPresent(runner::fetch);
    try (var result = runner.run()) {
      var cosine =
          graph.health().prototypeCosine().isPresent()
              ? OptionalDouble.of(((TFloat32) result.get(3)).getFloat())
              : OptionalDouble.empty();
      return new Reading(
          ((TFloat64) result.get(0)).getDouble(),
          ((TInt64) result.get(1)).getLong(),
          new RunListener.Head(((TFloat32) result.get(2)).getFloat(), cosine));
    }
  }

  /**
   * @param lossSum of the steps before
   */
  void begin(double lossSum) {
    var start = graph.meter().start();
    try (var fed = TFloat64.scalarOf(lossSum)) {
      session.runner().feed(start.sum(), fed).addTarget(start.assign()).run().close();
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
    return graph.variables().trained().stream()
        .filter(variable -> variable.role() instanceof Variable.Trained t && t.rateFactor() > 0)
        .mapToLong(Variable::size)
        .sum();
  }

  @Override
  public void close() {
    steps.close();
    session.close();
    graph.close();
  }
}
