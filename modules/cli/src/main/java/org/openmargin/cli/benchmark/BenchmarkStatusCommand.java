package org.openmargin.cli.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.TrialState;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "Show the state of each trial of a plan.",
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin benchmark status plan.textproto"})
final class BenchmarkStatusCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PlanOptions plan;

  @Mixin private MethodOption methods;

  BenchmarkStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var benchmark = methods.of(plan.read(List.of()));
    benchmark.warnings().forEach(warning -> console.remark("warning: " + warning));
    var states = benchmark.status();
    states.forEach(
        (trial, state) ->
            console.line("%4d  %s: %s".formatted(trial.index(), trial.name(), text(state))));
    var finished = states.values().stream().filter(TrialState.Finished.class::isInstance).count();
    console.line("");
    console.print("%d of %d trials are finished", finished, states.size());
    return ExitCodes.OK;
  }

  private static String text(TrialState state) {
    if (state instanceof TrialState.Finished) {
      return "finished";
    }
    if (state instanceof TrialState.Refused refused) {
      return "failed and would fail again: " + refused.reason();
    }
    if (state instanceof TrialState.Stale stale) {
      return "stale: " + stale.reason();
    }
    return state instanceof TrialState.Waiting waiting && waiting.running()
        ? "running"
        : state instanceof TrialState.Waiting begun && begun.begun() ? "started" : "waiting";
  }
}
