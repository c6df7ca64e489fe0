package org.openmargin.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Overrides;
import org.openmargin.experiment.Experiment;
import org.openmargin.files.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    header = "Write a run as a SavedModel for TensorFlow Serving.",
    description = {
      "Writes DIR/<name>/<version>. The model takes pixels, or PNG and JPEG files of any size, and",
      "returns class, unknown score and whether to reject. The export is loaded again and compared",
      "with the run's evaluation; if they differ, it is refused and nothing is left behind."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin export runs/mine",
      "  openmargin export runs/mine --to /srv/models --version 3",
      "  openmargin export runs/mine --set export.name=blood --set export.alpha=0.01"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The folder of an evaluated run.")
  private Path folder;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "savedmodels",
      description = "Folder for all models. Default: ${DEFAULT-VALUE}.")
  private Path base;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Version number. Default: one more than the highest.")
  private Optional<Long> version;

  @Mixin private Overrides overrides;

  @Mixin private DeviceOption device;

  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var run = Experiment.open(folder, overrides.with(device.overrides()));
    var number = version.map(OptionalLong::of).orElse(OptionalLong.empty());
    var model = new RunSteps(console).export(run, base, number);
    console.line("");
    console.line("next: " + console.program() + " predict " + ShellWord.of(model) + " IMAGE...");
    return ExitCodes.OK;
  }
}
