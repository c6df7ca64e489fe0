package org.openmargin.trainer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Features;
import org.openmargin.nn.Views;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.Checkpoint.Losses;
import org.openmargin.trainer.RunListener.Position;
import org.openmargin.trainer.RunListener.Verdict;
import org.openmargin.trainer.Trainer.End;

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
  private Optional<Checkpoint> last = Optional.empty();
  private MeanLosses means = new MeanLosses(Losses.NONE);

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
    checkpoints.newest().ifPresent(this::resume);
    var stepsDone = last.map(c -> c.state().step()).orElse(0L);
    var weights = session.trainedWeights();
    var start = new RunListener.Start(settings.epochs(), steps, stepsDone, weights);
    listeners.forEach(listener -> listener.started(start));
    watch.start();
    var end = Optional.<End>empty();
    for (var step = stepsDone; step < steps && end.isEmpty(); step++) {
      session.step(step, rate(step));
      watch.stepDone();
      end = after(step + 1);
    }
    return watch.outcome(last.orElseThrow(), end.orElse(End.COMPLETE));
  }

  private void resume(Checkpoint checkpoint) {
    var state = checkpoint.state();
    session.restore(checkpoint.variables());
    session.begin(state.losses().sum());
    means = new MeanLosses(state.losses());
    last = Optional.of(new Checkpoint(checkpoint.folder(), state.with(checkpoints.best(state))));
  }

  /** Why training ends after a step, if it does. */
  private Optional<End> after(long stepsDone) {
    if (isLogged(stepsDone)) {
      progress(position(stepsDone));
    }
    if (isValidated(stepsDone)) {
      var stops = stops(validated(stepsDone));
      if (stepsDone < steps && (stops || isPatienceOver())) {
        return Optional.of(stops ? End.STOPPED : End.EARLY);
      }
    }
    if (stepsDone < steps && listeners.stream().anyMatch(RunListener::interrupts)) {
      if (!isValidated(stepsDone)) {
        interrupted(stepsDone);
      }
      return Optional.of(End.INTERRUPTED);
    }
    return Optional.empty();
  }

  /** Whether the best validation is older than the settings allow. */
  private boolean isPatienceOver() {
    var patience = settings.keeping().patienceEpochs();
    var state = last.orElseThrow().state();
    return patience > 0 && state.step() - state.best().step() >= patience * stepsPerEpoch;
  }

  /** A run that is shorter than the distance between logs has one at its end. */
  private boolean isLogged(long stepsDone) {
    var every = settings.keeping().logEverySteps();
    return stepsDone % every == 0 || (stepsDone == steps && steps < every);
  }

  private boolean isValidated(long stepsDone) {
    var every = settings.keeping().everyEpochs();
    return stepsDone % (every * stepsPerEpoch) == 0 || stepsDone == steps;
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
            means.sinceLog(new Losses.Mark(at.step(), reading.lossSum())),
            rate(at.step() - 1),
            reading.head(),
            watch.speed(steps - at.step()));
    listeners.forEach(listener -> listener.progressed(progress));
  }

  private RunListener.Validation validated(long step) {
    var reading = soundReading(step);
    var trainLoss = means.sinceValidation(new Losses.Mark(step, reading.lossSum()));
    watch.pause();
    var validation = new AtomicReference<RunListener.Validation>();
    var written =
        checkpoints.write(
            step,
            folder -> {
              session.save(Checkpoint.variables(folder));
              var measures = ValidationMeasures.of(inference, data, Checkpoint.variables(folder));
              var state = state(step, measures.accuracy(), reading.lossSum());
              validation.set(validation(state, trainLoss, measures.loss(), reading.head()));
              listeners.forEach(listener -> listener.measured(validation.get()));
              var at = validation.get().at();
              listeners.forEach(listener -> listener.inspected(at, measures.inspection()));
              return state;
            });
    last = Optional.of(written);
    return validation.get();
  }

  private void interrupted(long step) {
    var reading = soundReading(step);
    last =
        Optional.of(
            checkpoints.write(
                step,
                folder -> {
                  session.save(Checkpoint.variables(folder));
                  return state(step, Double.NaN, reading.lossSum());
                }));
  }

  private Checkpoint.State state(long step, double accuracy, double lossSum) {
    var best = last.map(c -> c.state().best()).orElse(Best.NONE).or(step, accuracy);
    var epoch = (int) (step / stepsPerEpoch);
    return new Checkpoint.State(step, epoch, accuracy, best, means.losses(lossSum));
  }

  private RunListener.Validation validation(
      Checkpoint.State state, double trainLoss, double loss, RunListener.Head head) {
    var at = position(state.step());
    var best = state.best().step() == state.step();
    return new RunListener.Validation(at, trainLoss, loss, state.validationAccuracy(), head, best);
  }

  private boolean stops(RunListener.Validation validation) {
    var verdicts = listeners.stream().map(listener -> listener.validated(validation)).toList();
    watch.resume();
    return verdicts.contains(Verdict.STOP);
  }

  private Position position(long stepsDone) {
    var epoch = (int) ((stepsDone - 1) / stepsPerEpoch) + 1;
    return new Position(stepsDone, steps, epoch, settings.epochs());
  }

  private TrainSession.Reading soundReading(long step) {
    var reading = session.read();
    mustBeSound(reading, step);
    if (!session.isFinite()) {
      throw diverged("a weight is NaN or infinite after step " + step);
    }
    return reading;
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
    return TrainingException.ofDivergence(what, last);
  }

  @Override
  public void close() {
    inference.close();
    session.close();
  }
}
