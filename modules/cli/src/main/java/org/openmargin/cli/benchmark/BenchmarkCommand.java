package org.openmargin.cli.benchmark;

import org.openmargin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code openmargin benchmark}: many experiments, one table. */
@Command(
    name = "benchmark",
    header = "Train and compare methods on several class splits and seeds, as a plan says.",
    footer = {
      "  openmargin benchmark init plan.textproto my.textproto",
      "  openmargin benchmark run plan.textproto",
      "  openmargin benchmark submit plan.textproto --on slurm",
      "  openmargin benchmark status plan.textproto",
      "  openmargin benchmark report plan.textproto --format markdown",
      "  openmargin benchmark collect plan.textproto"
    })
public final class BenchmarkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * @param program main class of the JVMs that run trials
   */
  public static CommandLine withSubcommands(Console console, Class<?> program) {
    return new CommandLine(new BenchmarkCommand())
        .addSubcommand(new BenchmarkInitCommand(console))
        .addSubcommand(new BenchmarkValidateCommand(console))
        .addSubcommand(new BenchmarkRunCommand(console, program))
        .addSubcommand(new BenchmarkSubmitCommand(console))
        .addSubcommand(new BenchmarkStatusCommand(console))
        .addSubcommand(new BenchmarkCollectCommand(console))
        .addSubcommand(new BenchmarkReportCommand(console))
        .addSubcommand(new BenchmarkTablesCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "benchmark needs init, validate, run, submit, status, collect, report or tables");
  }
}
