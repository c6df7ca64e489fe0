package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.benchmark.Schedule;
import picocli.CommandLine.Option;

/** What is done with files of earlier attempts, and kept of this one. */
final class TrialFlags {
  @Option(
      names = "--retry-failed",
      description = "Also retry trials that failed and would fail again.")
  private boolean retryFailed;

  @Option(
      names = "--replace-stale",
      description = {
        "Rerun trials whose results no longer match the plan, and replace the results.",
        "Default: refuse, and name them."
      })
  private boolean replaceStale;

  @Option(
      names = "--keep-runs",
      description = "Keep the checkpoints of finished trials, to export them or try other scorers.")
  private boolean keepRuns;

  boolean keepRuns() {
    return keepRuns;
  }

  Schedule schedule(int parallel, int retries) {
    return new Schedule(parallel, retries, retryFailed, replaceStale);
  }

  /** The flags as typed, for a trial's own process. */
  List<String> words() {
    var flags = new ArrayList<String>();
    if (keepRuns) {
      flags.add("--keep-runs");
    }
    if (retryFailed) {
      flags.add("--retry-failed");
    }
    if (replaceStale) {
      flags.add("--replace-stale");
    }
    return flags;
  }
}
