package org.openmargin.cli.benchmark;

import java.util.concurrent.Callable;
import org.openmargin.benchmark.TrialState;
import org.openmargin.benchmark.table.Words;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "collect",
    header = "Pack a plan's result files into one file.",
    description = {
      "Writes DIR/<plan>.jsonl, one line per finished trial, sorted by method, class split and",
      "seed, and removes the single files. Run it again when more trials have finished.",
      "If any result is damaged, outdated or not part of the plan, nothing is changed."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin benchmark collect plan.textproto",
      "  openmargin benchmark collect plan.textproto --results tools/benchmarks/results"
    })
final class BenchmarkCollectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PlanOptions plan;

  BenchmarkCollectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var benchmark = plan.readResults();
    var added = benchmark.collect();
    var states = benchmark.status().values();
    var finished = states.stream().filter(TrialState.Finished.class::isInstance).count();
    console.print(
        "%s: %s added, %d of %s",
        benchmark.folders().packed(),
        Words.counted(added, "result"),
        finished,
        Words.counted(states.size(), "trial"));
    return ExitCodes.OK;
  }
}
