package org.openmargin.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.Experiments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Print what differs between two experiments.",
    description = "One line per differing field: path: a -> b. Prints nothing if they are equal.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin config diff my.textproto runs/mine/experiment.textproto"})
final class ConfigDiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "A", description = "An experiment.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another experiment.")
  private Path b;

  ConfigDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Experiments.diff(Experiments.read(a, List.of()), Experiments.read(b, List.of()))
        .forEach(console::line);
    return ExitCodes.OK;
  }
}
