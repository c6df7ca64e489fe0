package org.openmargin.experiment.folder;

import java.util.Optional;

/**
 * Whether the training of a run has come to its end. What is made of other weights says so.
 *
 * @param finished by its provenance
 */
public record TrainingState(RunFolder files, boolean finished) {

  /**
   * Why weights are not those of a finished training; empty if they are.
   *
   * @param epoch of the weights
   * @param epochs of the whole training
   */
  public Optional<String> unfinished(int epoch, int epochs) {
    if (finished) {
      return Optional.empty();
    }
    return Optional.of(
        "training %s after epoch %d of %d"
            .formatted(isRunning() ? "goes on" : "stopped", epoch, epochs));
  }

  private boolean isRunning() {
    return new ProcessLock(files.lock()).isTaken();
  }

  /**
   * @throws RunException if training is not finished; it says how to finish it, and what else can
   *     be done
   */
  public void requireFinished() {
    if (finished) {
      return;
    }
    var choice =
        "or use the newest checkpoint, and have all that is made of it marked as unfinished: Run.acceptingUnfinished";
    if (isRunning()) {
      throw new RunException(
          "a training is running in %s: wait for its end, %s".formatted(files.path(), choice));
    }
    throw new RunException(
        "the training in %s is not finished: finish it with TrainRequest.Existing.RESUME in %s, %s"
            .formatted(files.path(), files.path(), choice));
  }
}
