package org.openmargin.benchmark;

import org.openmargin.config.plan.PlannedTrial;

/** Trains and evaluates one trial of a benchmark. */
@FunctionalInterface
public interface TrialRunner {

  /** One attempt; called from several threads if trials run in parallel. */
  TrialOutcome run(PlannedTrial trial) throws InterruptedException;
}
