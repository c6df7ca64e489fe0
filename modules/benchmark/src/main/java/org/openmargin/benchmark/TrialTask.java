package org.openmargin.benchmark;

import java.util.List;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.Run;

/** What is measured of a trained trial. */
public interface TrialTask {

  /**
   * Adds the figures of a trained run to the trial's result.
   *
   * @throws org.openmargin.experiment.folder.RunException if it cannot be measured
   */
  void measure(PlannedTrial trial, Run run, TrialResult.Builder result);

  /** The words of a command that runs this trial alone, without local paths. */
  List<String> command(PlannedTrial trial);
}
