package org.openmargin.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.ProfileFolder;
import org.openmargin.experiment.ProfileRequest;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.profiler.ProfileSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "profile",
    header = "Run some training steps and show where the time goes.",
    description = {
      "Measures the loop as `train` runs it, then traces as many steps again: time by operation,",
      "type and layer, forward, backward and update; idle times; the wait for input; operations on",
      "the CPU despite a GPU. Writes profile.json and trace.json, which opens in",
      "chrome://tracing and ui.perfetto.dev. Nothing is kept: no run, no checkpoint."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin profile my.textproto",
      "  openmargin profile my.textproto --steps 50 --set training.batch_size=256",
      "  openmargin profile my.textproto --device cpu --format json --out profiles/cpu > p.json"
    })
public final class ProfileCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "EXPERIMENT", description = "An experiment, as a .textproto file.")
  private Path file;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = {
        "Steps to measure, then as many again to trace: 1 to " + ProfileSettings.MOST_STEPS + ".",
        "Default: ${DEFAULT-VALUE}."
      })
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "Steps to run first, not measured. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go. Default: profiles/<name>-<date>-<time>.")
  private Optional<Path> folder;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "15",
      description = "Rows per table at most; profile.json has all. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "What is printed: tables, or profile.json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Mixin private DeviceOption device;

  @Mixin private Overrides overrides;

  public ProfileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var settings = settings();
    var experiment =
        new Notices(console).shown(Experiment.read(file, overrides.with(device.overrides())));
    var out = new ProfileFolder(folder.orElse(RunSteps.newFolder("profiles", experiment)));
    console.remark("steps: %d to warm up, %d measured, %d traced".formatted(warmUp, steps, steps));
    var profile = experiment.profile(new ProfileRequest(out.path(), settings));
    if (format == Format.JSON || json) {
      console.status().clear();
      console.out().print(text(out.profile()));
      return ExitCodes.OK;
    }
    new ProfileTable(console, top).print(profile);
    console.line("");
    console.line("all figures  " + out.profile());
    console.line("trace        " + out.trace() + " (for chrome://tracing or ui.perfetto.dev)");
    return ExitCodes.OK;
  }

  private ProfileSettings settings() {
    if (top < 1) {
      throw new RunException("--top is " + top + ", must be at least 1");
    }
    try {
      return new ProfileSettings(warmUp, steps);
    } catch (IllegalArgumentException e) {
      throw new RunException("--steps and --warm-up: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
