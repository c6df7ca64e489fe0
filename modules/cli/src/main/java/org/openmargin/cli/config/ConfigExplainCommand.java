package org.openmargin.cli.config;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Overrides;
import org.openmargin.config.Experiments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    header = "Print an experiment with every field, its value and what it means.",
    description = "The output is a valid experiment file, if the file says where the images are.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {
      "  openmargin config explain my.textproto",
      "  openmargin config explain runs/mine/experiment.textproto"
    })
final class ConfigExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "An experiment.")
  private Path file;

  @Mixin private Overrides overrides;

  ConfigExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console
        .out()
        .print(Experiments.explain(Experiments.readWithoutPlaces(file, overrides.toList())));
    return ExitCodes.OK;
  }
}
