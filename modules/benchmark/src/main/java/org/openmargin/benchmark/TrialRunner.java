package org.openmargin.benchmark;

import org.openmargin.config.plan.PlannedTrial;

/** Trains and evaluates one trial of a benchmark. */
@FunctionalInterface
public interface TrialRunner {

  /**
   * One attempt; called by several threads if trials run in parallel.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  TrialOutcome run(PlannedTrial trial) throws InterruptedException;
}
