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
    name = "diff",
    header = "Print what differs between two experiments.",
    description = {
      "One line per differing field: path: a -> b. Prints nothing if they are equal. --set applies",
      "to both; files need not say where the images are."
    },
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {
      "  openmargin config diff my.textproto runs/mine/experiment.textproto",
      "  openmargin config diff one.textproto other.textproto --set training.epochs=20"
    })
final class ConfigDiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "A", description = "An experiment.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another experiment.")
  private Path b;

  @Mixin private Overrides overrides;

  ConfigDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var one = Experiments.readWithoutPlaces(a, overrides.toList());
    var other = Experiments.readWithoutPlaces(b, overrides.toList());
    Experiments.diff(one, other).forEach(console::line);
    return ExitCodes.OK;
  }
}
