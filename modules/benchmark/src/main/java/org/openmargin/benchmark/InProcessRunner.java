package org.openmargin.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.TrialFailure;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.data.DataException;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.TrainingException;

/**
 * Trains trials in this process. A started run resumes from its last checkpoint; a fully trained
 * one is only evaluated; one of another experiment is overwritten.
 */
final class InProcessRunner implements TrialRunner {
  private final TrialFiles files;
  private final TrialSettings settings;
  private final TrialTask task;

  InProcessRunner(TrialFiles files, TrialSettings settings, TrialTask task) {
    this.files = files;
    this.settings = settings;
    this.task = task;
  }

  @Override
  public TrialOutcome run(PlannedTrial trial) {
    claim(trial).noting(() -> Experiment.of(trial.experiment()).requireImages());
    return new ProcessLock(files.folders().lock(trial))
        .holding(() -> alone(trial))
        .orElseGet(TrialOutcome.Busy::new);
  }

  private TrialClaim claim(PlannedTrial trial) {
    return new TrialClaim(files.folders().attempts(trial), ThisProcess.attempt(trial));
  }

  private TrialOutcome alone(PlannedTrial trial) {
    var state = files.state(trial);
    if (state instanceof TrialState.Finished finished) {
      return new TrialOutcome.Done(finished.result());
    }
    if (state instanceof TrialState.Refused refused && !settings.schedule().retryRefused()) {
      return new TrialOutcome.Refused(refused.reason());
    }
    if (!settings.schedule().replaceStale()) {
      TrialState.Stale.refuse(List.of(state));
    }
    files.folders().requireWritable();
    return claim(trial).holding(() -> attempt(trial));
  }

  private TrialOutcome attempt(PlannedTrial trial) {
    files.forgetFailure(trial);
    try {
      return trained(trial);
    } catch (DataException e) {
      // Not written to a file: images can be repaired without changing the plan.
      return new TrialOutcome.Refused(e.getMessage());
    } catch (ConfigException | TrainingException e) {
      if (e instanceof TrainingException training && !training.diverged()) {
        throw e;
      }
      files.write(trial, failure(trial, e));
      return new TrialOutcome.Refused(e.getMessage());
    }
  }

  private TrialOutcome trained(PlannedTrial trial) {
    var run = run(trial, settings.parts().apply(Experiment.of(trial.experiment())));
    var provenance = run.provenance();
    if (provenance.getFinished().isEmpty()) {
      // A listener interrupted it.
      return new TrialOutcome.Stopped();
    }
    var name = trial.name();
    var result =
        TrialResult.newBuilder()
            .setPlan(files.plan())
            .setMethod(name.method())
            .setTrial(name.trial())
            .setSeed(name.seed())
            .addAllKnownClasses(trial.experiment().getData().getKnownClassesList())
            .addAllKnownClassNames(trial.experiment().getData().getKnownClassNamesList())
            .setExperimentSha256(trial.digest())
            .setDataSha256(provenance.getDataSha256())
            .setProvenance(LocalPaths.removedFrom(provenance, task.command(trial)));
    task.measure(trial, run, result);
    files.write(trial, result.build());
    if (!settings.keepRuns()) {
      removeCheckpoints(run);
    }
    return new TrialOutcome.Done(result.build());
  }

  private Run run(PlannedTrial trial, Experiment experiment) {
    var folder = files.folders().run(trial);
    var same = folder.holds(trial.experiment());
    if (same) {
      var run = experiment.runIn(folder.path());
      if (isTrained(run)) {
        return run;
      }
    }
    var existing = same ? Existing.RESUME : Existing.OVERWRITE;
    return experiment.train(
        new TrainRequest(folder.path(), existing, settings.listeners().apply(trial)));
  }

  private static boolean isTrained(Run run) {
    return new Checkpoints(run.files().checkpoints(), 1).isNewestIntact()
        && !run.provenance().getFinished().isEmpty();
  }

  private TrialFailure failure(PlannedTrial trial, RuntimeException reason) {
    return TrialFailure.newBuilder()
        .setPlan(files.plan())
        .setMethod(trial.name().method())
        .setTrial(trial.name().trial())
        .setSeed(trial.name().seed())
        .setExperimentSha256(trial.digest())
        .setMessage(
            LocalPaths.removedFrom(Optional.ofNullable(reason.getMessage()).orElse("no reason")))
        .build();
  }

  private static void removeCheckpoints(Run run) {
    try {
      Folders.delete(run.files().checkpoints());
    } catch (IOException e) {
      throw new RunException(
          "cannot remove " + run.files().checkpoints() + ": " + FileErrors.reason(e), e);
    }
  }
}
