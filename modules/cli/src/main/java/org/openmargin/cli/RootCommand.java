package org.openmargin.cli;

import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.provenance.SoftwareVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code openmargin} alone: prints the help. */
@Command(
    name = "openmargin",
    header = "Open-set image classification: learn the known classes, say \"unknown\" to the rest.",
    description = {
      "An experiment file describes everything that decides the results. Training writes a run",
      "folder; export turns it into a SavedModel for TensorFlow Serving or the JVM."
    },
    versionProvider = RootCommand.Version.class,
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.DIFFERS_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.DRIFT_TEXT,
      ExitCodes.INTERNAL_TEXT,
      ExitCodes.OUTPUT_TEXT,
      ExitCodes.SIGNALS_TEXT,
      ExitCodes.NO_READER_TEXT
    },
    footer = {
      "  openmargin quickstart                           try everything; nothing to download",
      "  openmargin config init my.textproto             a commented experiment to start from",
      "  openmargin train my.textproto --run runs/mine   train and evaluate",
      "  openmargin export runs/mine                     write savedmodels/my-experiment/1",
      "  openmargin predict savedmodels/my-experiment images/",
      "",
      "Help for a command: openmargin help COMMAND, or openmargin COMMAND --help"
    })
@SuppressWarnings("UnusedVariable") // picocli reads help and version itself
final class RootCommand implements Runnable {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print results and errors only: no progress, no notices.")
  private boolean quiet;

  RootCommand(Console console) {
    this.console = console;
  }

  boolean debug() {
    return debug;
  }

  boolean quiet() {
    return quiet;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"openmargin " + SoftwareVersion.current()};
    }
  }
}
