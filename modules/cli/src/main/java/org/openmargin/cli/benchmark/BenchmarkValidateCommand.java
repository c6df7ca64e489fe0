package org.openmargin.cli.benchmark;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    header = "Check a plan and every experiment in it; list everything that is wrong.",
    description = "Also prints how many experiments it is, and settings that look like a mistake.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {
      "  openmargin benchmark validate plan.textproto",
      "  openmargin benchmark validate plan.textproto --sweep loss.omcl.threshold=0,0.1,0.2"
    })
final class BenchmarkValidateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PlanOptions plan;

  @Mixin private JsonOption json;

  BenchmarkValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var benchmark = plan.read(List.of());
    var warnings = benchmark.warnings();
    warnings.forEach(warning -> console.remark("warning: " + warning));
    json.text(console).print("ok: %s", extent(benchmark));
    json.print(console, () -> json(benchmark));
    return ExitCodes.OK;
  }

  private static String extent(Benchmark benchmark) {
    var trials = benchmark.trials();
    return "%d methods x %d class splits x %d seeds: %d trainings"
        .formatted(
            trials.stream().map(trial -> trial.name().method()).distinct().count(),
            trials.stream().map(trial -> trial.name().trial()).distinct().count(),
            trials.stream().map(trial -> trial.name().seed()).distinct().count(),
            trials.size());
  }

  private static JsonObject json(Benchmark benchmark) {
    var json = new JsonObject();
    json.addProperty("trials", benchmark.trials().size());
    json.add("warnings", Json.texts(benchmark.warnings()));
    return json;
  }
}
