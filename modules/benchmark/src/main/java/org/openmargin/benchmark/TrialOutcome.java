package org.openmargin.benchmark;

import org.openmargin.config.v1.TrialResult;

/** What came of one attempt at a trial. */
public sealed interface TrialOutcome {

  /** Trained and evaluated; the result file is written. */
  record Done(TrialResult result) implements TrialOutcome {}

  /**
   * Another attempt would fail as well. Where the reason is the experiment and not its images, it
   * is written to a file, and later runs leave the trial alone.
   */
  record Refused(String message) implements TrialOutcome {}

  /** It failed; another attempt goes on where this one ended. */
  record Failed(String message) implements TrialOutcome {}

  /** Another process trains it. */
  record Busy() implements TrialOutcome {}

  /** This process is being stopped. */
  record Stopped() implements TrialOutcome {}
}
