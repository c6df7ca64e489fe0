package org.openmargin.benchmark;

import java.nio.file.Path;
import org.openmargin.config.v1.TrialFailure;
import org.openmargin.config.v1.TrialResult;

/** How far a trial is, by its files. */
public sealed interface TrialState {

  /** There is a result of the plan's experiment. */
  record Finished(TrialResult result) implements TrialState {}

  /** It failed for a reason that trying again does not mend. */
  record Refused(TrialFailure failure) implements TrialState {

    /** What is wrong. */
    public String reason() {
      return failure.getMessage();
    }
  }

  /**
   * There is a result or a run that was begun, but not of what the plan says now.
   *
   * @param file the result file or the run folder
   * @param reason what does not fit
   */
  record Stale(Path file, String reason) implements TrialState {}

  /**
   * There is no result.
   *
   * @param running whether a process trains it now
   * @param begun whether it was begun: it goes on from its last checkpoint
   */
  record Waiting(boolean running, boolean begun) implements TrialState {}
}
