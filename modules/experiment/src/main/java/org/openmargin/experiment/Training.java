package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.PathFields;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.Dataset;
import org.openmargin.data.TrainingData;
import org.openmargin.experiment.check.TrainingChecks;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.folder.RunPlace;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.TensorFlowRuntime;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.MetricsJsonl;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TensorBoardEvents;
import org.openmargin.trainer.Trainer;

/**
 * Trains a new or interrupted run in its folder. One process at a time.
 *
 * @param config written to the folder, or compared with the one there
 */
record Training(RunFolder files, ExperimentConfig config, Recipe recipe) {

  void run(TrainRequest request) {
    var resume = isResumed(request);
    if (!files.holdsRun()) {
      place().requireUsable();
    }
    RunPlace.requireWritable(files.path());
    var runtime = TensorFlowRuntime.start(recipe.runtime(), recipe.notices());
    var dataset = recipe.dataset();
    var splits = recipe.splits(dataset);
    var data = splits.training();
    new TrainingChecks(config, recipe, dataset, splits).require();
    var trainer = recipe.trainer(dataset, data, runtime.settings());
    var started = provenance(dataset, runtime, resume);
    var curve =
        new EpochCurve(
            files,
            new EpochCurve.Model(recipe, trainer.network(), splits),
            runtime.settings(),
            config.getTraining().getRecordEveryEpochs());
    files.create();
    try {
      var trained =
          new ProcessLock(files.lock())
              .holding(() -> train(following(request, curve), trainer, data, started));
      if (trained.isEmpty()) {
        throw new RunException("another process is training in " + files.path());
      }
    } finally {
      request.listeners().forEach(RunListener::close);
    }
  }

  private RunPlace place() {
    var data = config.getData();
    return new RunPlace(
        files.path(),
        data.hasFolder() ? Optional.of(Path.of(data.getFolder().getPath())) : Optional.empty());
  }

  private static TrainRequest following(TrainRequest request, RunListener more) {
    var listeners = new ArrayList<>(request.listeners());
    listeners.add(more);
    return new TrainRequest(request.folder(), request.existing(), listeners);
  }

  /** Also refuses a folder that the request does not allow. */
  private boolean isResumed(TrainRequest request) {
    RunPlace.requireName(files.path());
    if (!files.holdsRun()) {
      if (request.existing() == TrainRequest.Existing.RESUME) {
        recipe.notices().accept("no run in " + files.path() + " yet; starting a new one");
      }
      return false;
    }
    return switch (request.existing()) {
      case REFUSE ->
          throw new RunException(
              "%s already holds a run: resume it with TrainRequest.Existing.RESUME, replace it with TrainRequest.Existing.OVERWRITE, or choose another TrainRequest.folder"
                  .formatted(files.path()));
      case OVERWRITE -> false;
      case RESUME -> {
        var before = Experiments.read(files.experiment(), List.of());
        TrainedSettings.requireSame(files.path(), before, config);
        yield true;
      }
    };
  }

  private RunProvenance provenance(Dataset dataset, TensorFlowRuntime runtime, boolean resume) {
    var now = RunProvenance.started(config, dataset, runtime);
    if (!resume) {
      return now;
    }
    var before = RunProvenance.read(files);
    before.requireSameImages(files, dataset);
    return now.resuming(before);
  }

  /** Needs the lock; returns the provenance that was written. */
  private RunProvenance train(
      TrainRequest request, Trainer trainer, TrainingData data, RunProvenance started) {
    var resume = started.isResumed();
    var checkpoints = new Checkpoints(files.checkpoints(), 1);
    var newest = resume ? checkpoints.newest() : Optional.<Checkpoint>empty();
    if (isFinished(newest, trainer)) {
      recipe.notices().accept(files.path() + " is already fully trained; nothing to do");
      return started;
    }
    files.forgetResults();
    // Before the new experiment is written: a later --resume must not find old weights.
    checkpoints.clear(resume);
    started.write(files);
    // Last: this file makes the folder a run.
    files.write(files.experiment(), Experiments.print(PathFields.absolute(config)));
    var listeners = new ArrayList<>(request.listeners());
    var done = newest.map(checkpoint -> checkpoint.state().step()).orElse(0L);
    try (var metrics = new MetricsJsonl(files.metrics(), done);
        var events = new TensorBoardEvents(files.tensorBoard())) {
      listeners.add(metrics);
      listeners.add(events);
      var outcome = trainer.train(data, files.checkpoints(), resume, listeners);
      var finished = started.finished(outcome);
      finished.write(files);
      return finished;
    }
  }

  private boolean isFinished(Optional<Checkpoint> newest, Trainer trainer) {
    return newest.filter(c -> c.state().epoch() == trainer.epochs()).isPresent()
        && RunProvenance.read(files).isFinished();
  }
}
