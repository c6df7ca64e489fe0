package org.openmargin.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Overrides;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    header = "Check experiments and list everything that is wrong with them.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {
      "  openmargin config validate my.textproto",
      "  openmargin config validate my.textproto --set loss.omcl.target_margin=0.1"
    })
final class ConfigValidateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiments.")
  private List<Path> files;

  @Mixin private Overrides overrides;

  ConfigValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var problems = new ArrayList<Problem>();
    for (var file : files) {
      try {
        Experiment.read(file, overrides.toArray()).requireParts();
        console.line(file + ": ok");
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return ExitCodes.OK;
  }
}
