package org.openmargin.cli.run;

import org.openmargin.experiment.Run;
import picocli.CommandLine.Option;

/** Whether a run may be used whose training stopped early or still goes on. */
final class UnfinishedOption {
  @Option(
      names = "--unfinished",
      description = {
        "Use the newest checkpoint of a training that stopped early or still goes on; all that is",
        "made of it is marked as unfinished. Default: refuse."
      })
  private boolean unfinished;

  Run of(Run run) {
    return unfinished ? run.acceptingUnfinished() : run;
  }
}
