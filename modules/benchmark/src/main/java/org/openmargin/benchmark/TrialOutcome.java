package org.openmargin.benchmark;

import org.openmargin.config.v1.TrialResult;

/** The outcome of one attempt at a trial. */
public sealed interface TrialOutcome {

  /** Trained and evaluated; the result file is written. */
  record Done(TrialResult result) implements TrialOutcome {}

  /**
   * Another attempt would fail as well. If the reason is the experiment and not its images, it is
   * written to a file, and later runs skip the trial.
   */
  record Refused(String message) implements TrialOutcome {}

  /** It failed; another attempt resumes where this one ended. */
  record Failed(String message) implements TrialOutcome {}

  /** Another process is training it. */
  record Busy() implements TrialOutcome {}

  /** This process is being stopped; a begun training has left a checkpoint. */
  record Stopped() implements TrialOutcome {}
}
