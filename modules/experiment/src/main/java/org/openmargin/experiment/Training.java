package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.PathFields;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.Dataset;
import org.openmargin.data.TrainingData;
import org.openmargin.experiment.audit.AuditedData;
import org.openmargin.experiment.audit.LeakCheck;
import org.openmargin.experiment.check.SmallImages;
import org.openmargin.experiment.check.TrainingChecks;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.folder.RunPlace;
import org.openmargin.experiment.folder.TensorBoard;
import org.openmargin.experiment.recovery.Recovery;
import org.openmargin.experiment.transfer.FrozenNetwork;
import org.openmargin.experiment.transfer.StartingWeights;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.ModelWeights;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.TrainingException;
import org.openmargin.trainer.listener.MetricsJsonl;

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
    // Before images are read, which may take long.
    var frozen = new FrozenNetwork(recipe.parts().backbone()).requirePresent();
    if (resume) {
      RunProvenance.read(files).requireSame(files, frozen);
    }
    var runtime = TensorFlowRuntime.startTraining(recipe.runtime(), recipe.notices());
    var dataset = recipe.dataset();
    var splits = recipe.splits(dataset);
    var data = splits.training();
    var leaks = resume ? LeakCheck.NONE : LeakCheck.of(config.getData(), recipe, dataset, splits);
    new TrainingChecks(config, recipe, dataset, splits).require(leaks.fault());
    leaks.notices().forEach(recipe.notices());
    var anew = recipe.trainer(dataset, data, runtime.settings());
    // A resumed training has its weights from a checkpoint; the provenance keeps the digest.
    var start = resume ? StartingWeights.Values.NONE : recipe.parts().start().of(anew.network());
    var trainer = anew.startingFrom(start.byName());
    var started =
        seeing(provenance(dataset, runtime, resume), dataset)
            .startingFrom(start.sha256())
            .on(frozen);
    request.origin().accept(started.message());
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
              .holding(
                  () -> {
                    leaks.audited().map(AuditedData::message).ifPresent(files::writeAudit);
                    return train(following(request, curve), trainer, data, started);
                  });
      if (trained.isEmpty()) {
        throw new RunException("another process is training in " + files.path());
      }
    } finally {
      request.listeners().forEach(RunListener::close);
    }
  }

  /** Notes the sizes of the training images; says if the network's input is larger. */
  private RunProvenance seeing(RunProvenance started, Dataset dataset) {
    var sizes = recipe.images().source().trainingSizes();
    var input = dataset.train().images();
    sizes
        .flatMap(of -> SmallImages.sentence(of, Math.min(input.height(), input.width())))
        .ifPresent(recipe.notices());
    return sizes.map(started::seeing).orElse(started);
  }

  private RunPlace place() {
    return new RunPlace(files.path(), RunPlace.imageFolders(config.getData()));
  }

  private static TrainRequest following(TrainRequest request, RunListener more) {
    var listeners = new ArrayList<>(request.listeners());
    listeners.add(more);
    return request.with(listeners);
  }

  /** Also refuses a folder that the request does not allow. */
  private boolean isResumed(TrainRequest request) {
    RunPlace.requireName(files.path());
    if (!files.holdsRun()) {
      if (request.existing() == TrainRequest.Existing.RESUME) {
        recipe
            .notices()
            .accept(
                "there is no run in %s, so there is nothing to resume: training starts from the beginning"
                    .formatted(files.path()));
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
        TrainedSettings.requireResumable(files.path(), trained(), config);
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

  private ExperimentConfig trained() {
    return Experiments.read(files.experiment(), List.of());
  }

  /** Needs the lock; returns the provenance that was written. */
  private RunProvenance train(
      TrainRequest request, Trainer trainer, TrainingData data, RunProvenance started) {
    var resume = started.isResumed();
    var checkpoints = new Checkpoints(files.checkpoints(), 1);
    if (resume) {
      checkpoints.setDamagedAside(recipe.notices());
    }
    var newest = resume ? checkpoints.newest() : Optional.<Checkpoint>empty();
    var extension =
        resume
            ? TrainedSettings.Extension.of(trained(), config)
            : Optional.<TrainedSettings.Extension>empty();
    if (extension.isEmpty() && isFinished(newest, trainer)) {
      recipe.notices().accept(files.path() + " is already fully trained; nothing to do");
      return started;
    }
    var done = newest.map(checkpoint -> checkpoint.state().step()).orElse(0L);
    var begun = extension.map(e -> extended(e, started, done, trainer, data)).orElse(started);
    files.forgetResults();
    // Before the new experiment is written: a later --resume must not find old weights.
    checkpoints.clear(resume);
    begun.write(files);
    // Last: this file makes the folder a run.
    files.write(files.experiment(), Experiments.print(PathFields.absolute(config)));
    return recovering(request, trainer, data, begun);
  }

  /** Trains; after a divergence goes on, as often as the experiment allows. */
  private RunProvenance recovering(
      TrainRequest request, Trainer trainer, TrainingData data, RunProvenance begun) {
    var recovery = Recovery.of(config.getTraining());
    var provenance = begun;
    while (true) {
      var times = provenance.recoveries();
      var resume = begun.isResumed() || times > 0;
      try {
        return attempt(request, recovery.slowed(trainer, times), data, provenance, resume);
      } catch (TrainingException e) {
        if (!recovery.allows(e, times)) {
          throw e;
        }
        var step = done();
        recipe.notices().accept(recovery.sentence(e, times + 1, step));
        provenance = provenance.recovered(step, recovery.factor(times + 1), e.what());
        // Before training goes on: a process that resumes must go on likewise.
        provenance.write(files);
      }
    }
  }

  private RunProvenance attempt(
      TrainRequest request,
      Trainer trainer,
      TrainingData data,
      RunProvenance begun,
      boolean resume) {
    var done = done();
    var listeners = new ArrayList<>(request.listeners());
    try (var metrics = new MetricsJsonl(files.metrics(), done);
        var board = new TensorBoard(files, config)) {
      listeners.add(metrics);
      listeners.add(board.events());
      board.describe(trainer.settings(), data, done);
      var outcome = trainer.train(data, files.checkpoints(), resume, listeners);
      board.ended(outcome.end());
      var ended = noted(begun.ended(outcome), trainer);
      ended.write(files);
      return ended;
    }
  }

  /** Steps of the newest checkpoint. */
  private long done() {
    var newest = new Checkpoints(files.checkpoints(), 1).newest();
    return newest.map(checkpoint -> checkpoint.state().step()).orElse(0L);
  }

  /** With the digest of the weights, once training is finished. */
  private RunProvenance noted(RunProvenance ended, Trainer trainer) {
    if (!ended.isFinished()) {
      return ended;
    }
    var keeping = recipe.training().keeping();
    var selected =
        new Checkpoints(files.checkpoints(), keeping.checkpoints()).selected(keeping.selection());
    var digest = ModelWeights.digest(trainer.network(), selected);
    return ended.with(digest, keeping.selection().name(), selected.state());
  }

  private RunProvenance extended(
      TrainedSettings.Extension extension,
      RunProvenance started,
      long step,
      Trainer trainer,
      TrainingData data) {
    var rate = recipe.training().step().rate();
    recipe.notices().accept(extension.sentence(rate, step, trainer.stepsPerEpoch(data.train())));
    return started.extended(step, extension.before(), extension.epochs());
  }

  private boolean isFinished(Optional<Checkpoint> newest, Trainer trainer) {
    if (newest.isEmpty()) {
      return false;
    }
    var before = RunProvenance.read(files);
    var atItsEnd = newest.get().state().epoch() == trainer.epochs() || before.isStoppedEarly();
    return atItsEnd && before.isFinished();
  }
}
