package org.openmargin.cli.benchmark;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.TrialState;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.config.plan.PlannedTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "Show the state of each trial of a plan.",
    description = {
      "Finished, running (where, and since when), stopped, interrupted, failed (with the reason) or",
      "missing. Read from the folders of results and runs alone, so also while a cluster runs them."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin benchmark status plan.textproto"})
final class BenchmarkStatusCommand implements Callable<Integer> {
  private static final Map<TrialState.Progress, String> PROGRESS =
      Map.of(
          TrialState.Progress.NOT_STARTED, "missing",
          TrialState.Progress.STARTED, "started",
          TrialState.Progress.RUNNING, "running",
          TrialState.Progress.STOPPED, "stopped",
          TrialState.Progress.FAILED, "failed",
          TrialState.Progress.KILLED, "interrupted");

  private final Console console;

  @Mixin private PlanOptions plan;

  @Mixin private MethodOption methods;

  @Mixin private JsonOption json;

  BenchmarkStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var benchmark = methods.of(plan.found(plan.read(List.of())));
    benchmark.warnings().forEach(warning -> console.remark("warning: " + warning));
    var states = benchmark.status();
    var text = json.text(console);
    states.forEach(
        (trial, state) ->
            text.line("%4d  %s: %s".formatted(trial.index(), trial.name(), text(state))));
    var finished = states.values().stream().filter(TrialState.Finished.class::isInstance).count();
    text.line("");
    text.line(summary(states, finished));
    json.print(console, () -> json(states, finished));
    return ExitCodes.OK;
  }

  /** {@code 3 of 6 trials are finished (1 running, 2 missing)}. */
  private static String summary(Map<PlannedTrial, TrialState> states, long finished) {
    var others =
        states.values().stream()
            .map(state -> text(state).replaceFirst(":.*", ""))
            .filter(state -> !state.equals("finished"))
            .collect(groupingBy(state -> state, TreeMap::new, counting()));
    var counts =
        others.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(joining(", "));
    return "%d of %d trials are finished%s"
        .formatted(finished, states.size(), counts.isEmpty() ? "" : " (" + counts + ")");
  }

  private static JsonObject json(Map<PlannedTrial, TrialState> states, long finished) {
    var trials = new JsonArray();
    states.forEach(
        (trial, state) -> {
          var json = new JsonObject();
          json.addProperty("index", trial.index());
          json.addProperty("name", trial.name().toString());
          json.addProperty("state", text(state).replaceFirst(":.*", ""));
          json.addProperty("reason", text(state).replaceFirst("^[^:]*:? ?", ""));
          trials.add(json);
        });
    var results = new JsonObject();
    results.addProperty("finished", finished);
    results.add("trials", trials);
    return results;
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
    return state instanceof TrialState.Waiting waiting ? text(waiting) : "";
  }

  private static String text(TrialState.Waiting waiting) {
    var progress = PROGRESS.get(waiting.progress());
    return waiting.detail().isEmpty() ? progress : progress + ": " + waiting.detail();
  }
}
