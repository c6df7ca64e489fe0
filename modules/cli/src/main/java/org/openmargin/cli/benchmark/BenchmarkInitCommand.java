package org.openmargin.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.plan.PlanTemplate;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
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
    if (Files.exists(plan)) {
      throw new RunException(plan + " already exists; name another file");
    }
    try {
      AtomicTextFile.write(plan, writer -> writer.write(text));
    } catch (IOException e) {
      throw new RunException("cannot write " + plan + ": " + FileErrors.reason(e), e);
    }
    console.line("wrote " + plan);
    console.next("benchmark", "validate", plan.toString());
    console.next("benchmark", "run", plan.toString());
    return ExitCodes.OK;
  }
}
