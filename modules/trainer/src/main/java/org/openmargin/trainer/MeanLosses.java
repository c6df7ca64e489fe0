package org.openmargin.trainer;

import org.openmargin.trainer.Checkpoint.Losses;
import org.openmargin.trainer.Checkpoint.Losses.Mark;

/** Means of the losses since the last log and since the last validation, also across a resume. */
final class MeanLosses {
  private Mark log;
  private Mark validation;

  MeanLosses(Losses before) {
    this.log = before.log();
    this.validation = before.validation();
  }

  /** Ends the window of the log. */
  double sinceLog(Mark now) {
    var mean = log.meanUntil(now);
    log = now;
    return mean;
  }

  /** Ends the window of the validation. */
  double sinceValidation(Mark now) {
    var mean = validation.meanUntil(now);
    validation = now;
    return mean;
  }

  /** For a checkpoint. */
  Losses losses(double sum) {
    return new Losses(sum, log, validation);
  }
}
