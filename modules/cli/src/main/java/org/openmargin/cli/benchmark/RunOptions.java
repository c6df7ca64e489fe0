package org.openmargin.cli.benchmark;

import java.util.List;
import java.util.Optional;
import org.openmargin.benchmark.Schedule;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How {@code benchmark run} runs trials. */
final class RunOptions {
  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Run only trial number N, in this process.")
  private Optional<Integer> index;

  @Option(
      names = "--parallel",
      paramLabel = "P",
      defaultValue = "1",
      description = {
        "Trials to run at the same time; they share the cores. Default: 1.",
        "On a CPU, one per core has the best throughput if memory allows: 1 to 2 GiB each",
        "at 28 px."
      })
  private int parallel;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description = "Further attempts at a failed trial. Default: 2.")
  private int retries;

  @Mixin private TrialFlags flags;

  /**
   * @throws RunException naming the wrong option
   */
  void check() {
    if (parallel < 1) {
      throw new RunException("--parallel is %d, must be at least 1".formatted(parallel));
    }
    if (retries < 0) {
      throw new RunException("--retries is %d, must be at least 0".formatted(retries));
    }
    if (index.isPresent() && parallel > 1) {
      throw new RunException(
          "--index runs one trial and cannot be combined with --parallel %d".formatted(parallel));
    }
  }

  Optional<Integer> index() {
    return index;
  }

  int parallel() {
    return parallel;
  }

  boolean keepRuns() {
    return flags.keepRuns();
  }

  Schedule schedule() {
    return flags.schedule(parallel, retries);
  }

  /** Flags for a trial's own process. */
  List<String> flags() {
    return flags.words();
  }
}
