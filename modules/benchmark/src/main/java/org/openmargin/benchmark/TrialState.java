package org.openmargin.benchmark;

import java.nio.file.Path;
import java.util.Collection;
import org.openmargin.config.v1.TrialFailure;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;

/** How far a trial has got, judging by its files. */
public sealed interface TrialState {

  /** There is a result of the plan's experiment. */
  record Finished(TrialResult result) implements TrialState {}

  /** It failed for a reason that another attempt would not change. */
  record Refused(TrialFailure failure) implements TrialState {

    public String reason() {
      return failure.getMessage();
    }
  }

  /**
   * A result or a run that no longer matches the plan; never replaced silently.
   *
   * @param file the result file or the run folder
   * @param reason what does not match
   */
  record Stale(Path file, String reason) implements TrialState {

    /**
     * @throws RunException naming the first stale state, if there is one
     */
    static void refuse(Collection<TrialState> states) {
      var stale = states.stream().filter(Stale.class::isInstance).map(Stale.class::cast).toList();
      if (!stale.isEmpty()) {
        throw new RunException(
            "%s: %s%s; keep it and choose other folders (--results and --work), or replace it (--replace-stale)"
                .formatted(
                    stale.get(0).file(),
                    stale.get(0).reason(),
                    stale.size() == 1 ? "" : ", and %d more like it".formatted(stale.size() - 1)));
      }
    }
  }

  /**
   * There is no result yet.
   *
   * @param detail where it runs, or why it has failed; may be empty
   */
  record Waiting(Progress progress, String detail) implements TrialState {}

  /** How far a trial without a result has got. */
  enum Progress {
    NOT_STARTED,
    /** It resumes from its last checkpoint. */
    STARTED,
    /** A process is training it now. */
    RUNNING,
    /** Its process was told to stop, and left a checkpoint. */
    STOPPED,
    /** Another attempt may succeed. */
    FAILED,
    /** Its process did not say how it ended. */
    KILLED
  }
}
