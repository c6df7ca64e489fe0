package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.metrics.BootstrapOptions;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.comparison.ComparedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    header = "Compare evaluated runs: their figures, and what differs in their experiments.",
    description = {
      "A row per run. If runs were tested on the same images, also how much each differs from the",
      "first, by a paired bootstrap of the test images. Then the settings that are not the same.",
      "Needs only the files of the runs; a page with links: openmargin report RUN RUN --out FILE."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin compare runs/omcl runs/softmax",
      "  openmargin compare runs/a runs/b runs/c --json"
    })
public final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN",
      arity = "2..*",
      description = "Run folders, the first to compare with.")
  private List<Path> folders;

  @Mixin private BootstrapOptions intervals;

  @Mixin private JsonOption json;

  public CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.status().brief("reading runs");
    var runs = folders.stream().map(EvaluatedRun::read).map(ComparedRun::of).toList();
    var comparison = new RunComparison(runs, intervals.bootstrap());
    comparison.print(json.text(console));
    json.print(console, () -> json(comparison));
    return ExitCodes.OK;
  }

  private static JsonObject json(RunComparison comparison) {
    var json = new JsonObject();
    json.add("runs", Json.array(comparison.runs(), comparison::row));
    return json;
  }
}
