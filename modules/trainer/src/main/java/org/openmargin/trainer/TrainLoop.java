package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Features;
import org.openmargin.nn.Views;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.RunListener.Position;
import org.openmargin.trainer.RunListener.Verdict;

/** The loop around a step: epochs, metrics, validations, checkpoints. */
final class TrainLoop implements AutoCloseable {
  private final TrainSettings settings;
  private final TrainingData data;
  private final Checkpoints checkpoints;
  private final List<RunListener> listeners;
  private final TrainSession session;
  private final Inference inference;
  private final Stopwatch watch;
  private final long stepsPerEpoch;
  private final long steps;

  TrainLoop(
      Trainer trainer, TrainingData data, Checkpoints checkpoints, List<RunListener> listeners) {
    this.settings = trainer.settings();
    this.data = data;
    this.checkpoints = checkpoints;
    this.listeners = List.copyOf(listeners);
    this.stepsPerEpoch = trainer.stepsPerEpoch(data.train());
    this.steps = stepsPerEpoch * settings.epochs();
    this.session = new TrainSession(trainer, data.train());
    var quick = trainer.network().with(Views.SINGLE).with(Features.NONE);
    this.inference = new Inference(quick, trainer.runtime());
    this.watch = new Stopwatch(settings.batchSize(), session::inputWaitNanos);
  }

  Trainer.Outcome run() {
    var last = checkpoints.newest();
    last.ifPresent(checkpoint -> session.restore(checkpoint.variables()));
    var firstEpoch = last.map(c -> c.state().epoch()).orElse(0);
    var stepsDone = firstEpoch * stepsPerEpoch;
    var weights = session.trainedWeights();
    var start = new RunListener.Start(settings.epochs(), steps, stepsDone, weights);
    listeners.forEach(listener -> listener.started(start));
    watch.start();
    var stopped = false;
    for (var epoch = firstEpoch; epoch < settings.epochs() && !stopped; epoch++) {
      runEpoch(epoch);
      var done = epoch + 1;
      if (done % settings.keeping().everyEpochs() == 0 || done == settings.epochs()) {
        var best = last.map(c -> c.state().best()).orElse(Best.NONE);
        var validated = checkpoint(done, best);
        last = Optional.of(validated.checkpoint());
        stopped = stops(validated.validation()) && done < settings.epochs();
        watch.resume();
      }
    }
    return watch.outcome(last.orElseThrow(), stopped);
  }

  private void runEpoch(int epoch) {
    var end = (epoch + 1) * stepsPerEpoch;
    for (var step = epoch * stepsPerEpoch; step < end; step++) {
      session.step(step, rate(step));
      watch.stepDone();
      if ((step + 1) % settings.keeping().logEverySteps() == 0) {
        progress(position(step + 1));
      }
    }
  }

  private double rate(long step) {
    return settings.step().rate().at(step, stepsPerEpoch, steps);
  }

  private void progress(Position at) {
    var reading = session.read();
    mustBeSound(reading, at.step());
    var progress =
        new RunListener.Progress(
            at,
            watch.meanSinceLog(reading.lossSum()),
            rate(at.step() - 1),
            reading.head(),
            watch.speed(steps - at.step(), reading.lossSum()));
    listeners.forEach(listener -> listener.progressed(progress));
  }

  private record Validated(Checkpoint checkpoint, RunListener.Validation validation) {}

  private Validated checkpoint(int epochsDone, Best best) {
    var reading = session.read();
    var step = epochsDone * stepsPerEpoch;
    mustBeSound(reading, step);
    if (!session.isFinite()) {
      throw diverged("a weight is NaN or infinite after step " + step);
    }
    var trainLoss = watch.meanSinceValidation(reading.lossSum());
    watch.pause();
    var checkpoint =
        checkpoints.write(
            step,
            folder -> {
              var state = saveAndValidate(folder, epochsDone, step, best);
              var measured = validation(state, trainLoss, reading.head());
              listeners.forEach(listener -> listener.measured(measured));
              return state;
            });
    return new Validated(checkpoint, validation(checkpoint.state(), trainLoss, reading.head()));
  }

  private Checkpoint.State saveAndValidate(Path folder, int epochsDone, long step, Best best) {
    session.save(Checkpoint.variables(folder));
    inference.restore(Checkpoint.variables(folder));
    var known = data.validation();
    var outputs = inference.outputs(known.images());
    var accuracy = outputs.accuracy(known.labels(), data.classNames().size());
    return new Checkpoint.State(step, epochsDone, accuracy, best.or(step, accuracy));
  }

  private RunListener.Validation validation(
      Checkpoint.State state, double trainLoss, RunListener.Head head) {
    var at = position(state.step());
    var best = state.best().step() == state.step();
    return new RunListener.Validation(at, trainLoss, state.validationAccuracy(), head, best);
  }

  private boolean stops(RunListener.Validation validation) {
    var verdicts = listeners.stream().map(listener -> listener.validated(validation)).toList();
    return verdicts.contains(Verdict.STOP);
  }

  private Position position(long stepsDone) {
    var epoch = (int) ((stepsDone - 1) / stepsPerEpoch) + 1;
    return new Position(stepsDone, steps, epoch, settings.epochs());
  }

  private void mustBeSound(TrainSession.Reading reading, long step) {
    if (reading.firstBadStep() != LossMeter.NONE) {
      throw diverged("the loss is NaN or infinite at step " + reading.firstBadStep());
    }
    if (reading.head().scale() <= 0) {
      throw diverged(
          "the head's scale, which must be above 0, is %s after step %d: its rate is too high"
              .formatted(reading.head().scale(), step));
    }
  }

  private TrainingException diverged(String what) {
    return TrainingException.ofDivergence(what, checkpoints.newest());
  }

  @Override
  public void close() {
    inference.close();
    session.close();
  }
}
