package org.openmargin.experiment;

import java.util.Optional;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.trainer.Checkpoint;

/**
 * Whether the training of a run has come to its end. What is made of other weights says so.
 *
 * @param epochs of the whole training
 */
record TrainingState(RunFolder files, int epochs) {

  /** Why these weights are not those of a finished training; empty if they are. */
  Optional<String> unfinished(Checkpoint checkpoint) {
    if (RunProvenance.read(files).isFinished()) {
      return Optional.empty();
    }
    return Optional.of(
        "training %s after epoch %d of %d"
            .formatted(isRunning() ? "goes on" : "stopped", checkpoint.state().epoch(), epochs));
  }

  boolean isRunning() {
    return new ProcessLock(files.lock()).isTaken();
  }

  /**
   * @throws RunException if training is not finished; it says how to finish it, and what else can be
   *     done
   */
  void requireFinished() {
    if (RunProvenance.read(files).isFinished()) {
      return;
    }
    var choice =
        "or use the newest checkpoint, and have all that is made of it marked as unfinished: --unfinished (in Java: Run.acceptingUnfinished)";
    if (isRunning()) {
      throw new RunException(
          "a training is running in %s: wait for its end, %s".formatted(files.path(), choice));
    }
    throw new RunException(
        "the training in %s is not finished: finish it with openmargin train --resume --run %s, %s"
            .formatted(files.path(), files.path(), choice));
  }
}
