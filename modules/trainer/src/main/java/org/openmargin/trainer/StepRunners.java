package org.openmargin.trainer;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.Batches;
import org.openmargin.data.EpochOrder;
import org.openmargin.data.KnownImages;
import org.openmargin.data.sampling.SampledOrder;
import org.openmargin.nn.Objective;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Feeds and runs steps; the fed tensors are allocated once and refilled. */
final class StepRunners implements AutoCloseable {
  private final ImageFeed images;
  private final List<Part> parts;
  private final long stepsPerPass;
  private final TInt64 step = TInt64.scalarOf(0);
  private final TFloat32 rate = TFloat32.scalarOf(0);
  private Fed fed = new Fed(0, 0);

  /**
   * The runners that minimise one objective.
   *
   * @param runners one per slot of images
   */
  private record Part(Objective.Passes passes, List<Session.Runner> runners) {}

  /** The pass of the fed step, and the slot of its images. */
  private record Fed(long pass, int slot) {}

  StepRunners(TrainGraph graph, Session session, TrainSettings settings, KnownImages known) {
    var order =
        settings.sampling().isNatural()
            ? new EpochOrder(settings.seed(), known.count())
            : new SampledOrder(settings.seed(), known.labels(), settings.sampling());
    images = graph.images().open(session, known, new Batches(order, settings.batchSize()));
    stepsPerPass = Trainer.stepsPerPass(known, settings);
    parts =
        graph.targets().stream()
            .map(
                target ->
                    new Part(
                        target.passes(),
                        IntStream.range(0, images.slots())
                            .mapToObj(slot -> runner(graph, session, target.run(), slot))
                            .toList()))
            .toList();
  }

  private Session.Runner runner(TrainGraph graph, Session session, Op target, int slot) {
    var runner =
        session
            .runner()
            .feed(graph.feeds().step(), step)
            .feed(graph.feeds().rate(), rate)
            .addTarget(target);
    return images.bind(runner, slot);
  }

  /** Waits for the images of a step and feeds them to the following runs. */
  void feed(long number, double learningRate) {
    fed = new Fed(number / stepsPerPass, images.await(number));
    step.setLong(number);
    rate.setFloat((float) learningRate);
  }

  /** The runners of the fed step, one per objective. */
  Stream<Session.Runner> runners() {
    return parts.stream()
        .filter(part -> part.passes().include(fed.pass()))
        .map(part -> part.runners().get(fed.slot()));
  }

  long waitedNanos() {
    return images.waitedNanos();
  }

  @Override
  public void close() {
    images.close();
    step.close();
    rate.close();
  }
}
