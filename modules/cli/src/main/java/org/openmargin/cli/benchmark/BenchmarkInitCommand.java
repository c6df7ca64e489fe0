package org.openmargin.cli.benchmark;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.NewTextFile;
import org.openmargin.config.plan.PlanTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Write a commented plan to start from.",
    description = {
      "Compares the experiment as it is with a softmax, on its class split, with three seeds. Edit",
      "methods, class splits and seeds, then: benchmark validate, benchmark run."
    },
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin benchmark init plan.textproto my.textproto"})
final class BenchmarkInitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "PLAN", description = "A new file.")
  private Path plan;

  @Parameters(
      index = "1",
      paramLabel = "EXPERIMENT",
      description = "The experiment that all methods start from.")
  private Path experiment;

  BenchmarkInitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var text = PlanTemplate.of(plan, experiment);
    var file = new NewTextFile(plan);
    file.requireNew();
    file.write(text);
    console.line("wrote " + plan);
    console.next("benchmark", "validate", plan.toString());
    console.next("benchmark", "run", plan.toString());
    return ExitCodes.OK;
  }
}
