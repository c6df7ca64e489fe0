package org.openmargin.benchmark;

import org.openmargin.config.plan.PlannedTrial;

/** Trains and evaluates one trial of a benchmark, or says why not. */
@FunctionalInterface
public interface TrialRunner {

  /**
   * One attempt; called by several threads where trials run side by side.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  TrialOutcome run(PlannedTrial trial) throws InterruptedException;
}
