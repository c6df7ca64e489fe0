package org.openmargin.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openmargin.cli.audit.AuditCommand;
import org.openmargin.cli.benchmark.BenchmarkCommand;
import org.openmargin.cli.benchmark.RehearseCommand;
import org.openmargin.cli.calibration.CalibrateCommand;
import org.openmargin.cli.calibration.DriftCommand;
import org.openmargin.cli.config.ConfigCommand;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.PluginJars;
import org.openmargin.cli.data.DataCommand;
import org.openmargin.cli.gallery.GalleryCommand;
import org.openmargin.cli.metrics.MetricsCommand;
import org.openmargin.cli.predict.DiscoverCommand;
import org.openmargin.cli.predict.PredictCommand;
import org.openmargin.cli.predict.ScoreCommand;
import org.openmargin.cli.predict.VerifyCommand;
import org.openmargin.cli.provenance.ProvenanceCommand;
import org.openmargin.cli.provenance.ReproduceCommand;
import org.openmargin.cli.run.CompareCommand;
import org.openmargin.cli.run.EvaluateCommand;
import org.openmargin.cli.run.ExportCommand;
import org.openmargin.cli.run.FailuresCommand;
import org.openmargin.cli.run.MapCommand;
import org.openmargin.cli.run.ProfileCommand;
import org.openmargin.cli.run.PruneCommand;
import org.openmargin.cli.run.QuickstartCommand;
import org.openmargin.cli.run.ReportCommand;
import org.openmargin.cli.run.TrainCommand;
import org.openmargin.files.FormatLocale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The program {@code openmargin}. */
public final class OpenMargin {
  /** Help that is narrower cannot be read. */
  private static final int NARROWEST = 60;

  private OpenMargin() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs a command in this process and returns its exit code. */
  static int run(Console console, String... args) {
    FormatLocale.useRoot();
    var root = new RootCommand(console);
    var failures = new Failures(console, root);
    try {
      var code =
          commandLine(root, console)
              .setParameterExceptionHandler(failures)
              .setExecutionExceptionHandler(failures)
              .execute(args);
      if (code == ExitCodes.OK && console.out().checkError()) {
        console.error("the output could not be written");
        return ExitCodes.OUTPUT;
      }
      return code;
    } catch (Error | RuntimeException e) {
      // Errors such as OutOfMemoryError bypass the handlers.
      return failures.report(e);
    }
  }

  static CommandLine commandLine(RootCommand root, Console console) {
    var commandLine =
        new CommandLine(root)
            .addSubcommand(new QuickstartCommand(console))
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new ReportCommand(console))
            .addSubcommand(new CompareCommand(console))
            .addSubcommand(new FailuresCommand(console))
            .addSubcommand(new MapCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new PruneCommand(console))
            .addSubcommand(ProvenanceCommand.withSubcommands(console))
            .addSubcommand(new ReproduceCommand(console))
            .addSubcommand(new PredictCommand(console))
            .addSubcommand(new ScoreCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new CalibrateCommand(console))
            .addSubcommand(new DriftCommand(console))
            .addSubcommand(GalleryCommand.withSubcommands(console))
            .addSubcommand(new DiscoverCommand(console))
            .addSubcommand(new MetricsCommand(console))
            .addSubcommand(new ProfileCommand(console))
            .addSubcommand(new RehearseCommand(console, OpenMargin.class))
            .addSubcommand(BenchmarkCommand.withSubcommands(console, OpenMargin.class))
            .addSubcommand(ConfigCommand.withSubcommands(console))
            .addSubcommand(DataCommand.withSubcommands(console))
            .addSubcommand(AuditCommand.withSubcommands(console))
            .addSubcommand(new SystemCommand(console))
            .addSubcommand(new CompletionCommand(console))
            .addSubcommand(new HelpCommand(console));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.terminal().results() ? Ansi.AUTO : Ansi.OFF));
    commandLine.setHelpFactory(FlowingHelp::new);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(Path.class, new PathArgument());
    // An image may be called @1.png.
    commandLine.setExpandAtFiles(false);
    commandLine.setExecutionStrategy(
        parsed -> {
          if (root.quiet()) {
            console.beQuiet();
          }
          return PluginJars.execute(parsed);
        });
    style(commandLine.getCommandSpec(), Math.min(90, console.terminal().widestLine() - 1));
    return commandLine;
  }

  /** The same help layout for all commands. */
  private static void style(CommandSpec command, int width) {
    var usage = command.usageMessage();
    usage
        .width(Math.max(NARROWEST, width))
        .sortOptions(false)
        .sortSynopsis(false)
        .description(FlowingHelp.paragraphs(usage.description()))
        .synopsisHeading("%nUsage: ")
        .descriptionHeading(usage.description().length == 0 ? "" : "%n")
        .synopsisSubcommandLabel("COMMAND")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading(usage.exitCodeList().isEmpty() ? "" : "%nExit codes:%n")
        .footerHeading("%nExamples:%n");
    command.subcommands().values().forEach(sub -> style(sub.getCommandSpec(), width));
  }
}
