package org.openmargin.cli.benchmark;

import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.TrialState;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;

/** The last line of a command that has run trials. */
final class FinishedTrials {
  private FinishedTrials() {}

  /**
   * @return an exit code: whether all are finished
   */
  static int print(Console console, Benchmark benchmark) {
    var states = benchmark.status().values();
    var finished = states.stream().filter(TrialState.Finished.class::isInstance).count();
    console.print("%d of %d trials are finished", finished, states.size());
    return finished == states.size() ? ExitCodes.OK : ExitCodes.TRAINING;
  }
}
