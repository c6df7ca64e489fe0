package org.openmargin.profiler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.openmargin.data.TrainingData;
import org.openmargin.profiler.Profile.Pace;
import org.openmargin.profiler.Profile.Untraced;
import org.openmargin.trainer.TrainSession;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.TrainingException;
import org.tensorflow.proto.RunOptions;

/**
 * Runs and measures some training steps: the same graph, settings and batches as in training, from
 * the first step on. Writes no files.
 */
public record Profiler(Trainer trainer, ProfileSettings settings) {
  private static final RunOptions GRAPHS =
      RunOptions.newBuilder()
          .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
          .setOutputPartitionGraphs(true)
          .build();

  private static final RunOptions TRACE =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  /**
   * Runs the warm-up, then the timed steps, then the traced ones.
   *
   * @param data known images only
   * @throws TrainingException if there is less than one batch of images
   */
  public ProfiledSteps run(TrainingData data) {
    trainer.requireEnoughImages(data);
    try (var session = new TrainSession(trainer, data.train())) {
      return new Measurement(trainer, settings, session, data).run();
    }
  }

  /** Nanoseconds since 1970. */
  static long now() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Measures the steps of one session. */
  private static final class Measurement {
    private final TrainSettings training;
    private final ProfileSettings settings;
    private final TrainSession session;
    private final long stepsPerEpoch;
    private long next;

    Measurement(
        Trainer trainer, ProfileSettings settings, TrainSession session, TrainingData data) {
      this.training = trainer.settings();
      this.settings = settings;
      this.session = session;
      this.stepsPerEpoch = trainer.stepsPerEpoch(data.train());
    }

    ProfiledSteps run() {
      for (var i = 0; i < settings.warmUpSteps(); i++) {
        feedNext();
        session.runFed();
      }
      var untraced = untraced();
      feedNext();
      // The first traced step starts the tracer, so only its graph is used.
      var graphs =
          session.traced(GRAPHS, Profiler::now).stream()
              .flatMap(traced -> traced.metadata().getPartitionGraphsList().stream())
              .toList();
      var steps = new ArrayList<ProfiledSteps.Step>();
      var begin = System.nanoTime();
      for (var i = 0; i < settings.steps(); i++) {
        steps.add(traced());
      }
      var traced = (System.nanoTime() - begin) * 1e-6 / settings.steps();
      var pace =
          new Pace(
              training.batchSize(), settings.warmUpSteps(), settings.steps(), untraced, traced);
      return new ProfiledSteps(pace, graphs, steps);
    }

    private Untraced untraced() {
      var processor = processorTime();
      var input = 0L;
      var begin = System.nanoTime();
      for (var i = 0; i < settings.steps(); i++) {
        var asked = System.nanoTime();
        feedNext();
        input += System.nanoTime() - asked;
        session.runFed();
      }
      var wall = System.nanoTime() - begin;
      var cores = (double) processorTime().minus(processor).toNanos() / wall;
      var perStep = 1e-6 / settings.steps();
      return new Untraced(wall * perStep, input * perStep, (wall - input) * perStep, cores);
    }

    private static Duration processorTime() {
      return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private ProfiledSteps.Step traced() {
      var number = next;
      var asked = now();
      feedNext();
      var runs =
          session.traced(TRACE, Profiler::now).stream()
              .map(run -> new ProfiledSteps.Run(run.begin(), run.metadata().getStepStats()))
              .toList();
      return new ProfiledSteps.Step(number, asked, now(), runs);
    }

    /** Waits for the next batch, as the training loop does. */
    private void feedNext() {
      var steps = stepsPerEpoch * training.epochs();
      var rate = training.step().rate().at(Math.min(next, steps - 1), stepsPerEpoch, steps);
      session.feed(next, rate);
      next++;
    }
  }
}
