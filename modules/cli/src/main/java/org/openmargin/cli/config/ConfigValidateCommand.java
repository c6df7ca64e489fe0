package org.openmargin.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    header = "Check experiments and list everything that is wrong with them.",
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin config validate my.textproto",
      "  openmargin config validate my.textproto --data",
      "  openmargin config validate my.textproto --set loss.omcl.target_margin=0.1"
    })
final class ConfigValidateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiments.")
  private List<Path> files;

  @Option(
      names = "--data",
      description = {
        "Also read the images and check all that training would refuse: classes, numbers of images,",
        "network, device. Nothing is trained."
      })
  private boolean data;

  @Mixin private Overrides overrides;

  ConfigValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var notices = new Notices(console);
    var problems = new ArrayList<Problem>();
    for (var file : files) {
      try {
        var experiment = Experiments.read(file, overrides.toList());
        if (data) {
          Experiment.of(experiment).withNotices(notices).requireTrainable();
        }
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
