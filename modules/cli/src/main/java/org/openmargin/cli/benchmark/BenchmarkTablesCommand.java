package org.openmargin.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.ShellWord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tables",
    header = "Update the generated tables of a Markdown file.",
    description = {
      "Replaces everything between two such lines with the output of the command they name, for",
      "each pair in the file. Paths are relative to the current folder.",
      "",
      "  <!-- generated: benchmark report plan.textproto --format markdown -->",
      "  <!-- end -->"
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin benchmark tables tools/benchmarks/results/README.md",
      "  openmargin benchmark tables tools/benchmarks/results/README.md --check"
    })
final class BenchmarkTablesCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "A Markdown file.")
  private Path file;

  @Option(names = "--check", description = "Change nothing; fail if a table is out of date.")
  private boolean check;

  BenchmarkTablesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      var tables = new GeneratedTables(file, Files.readAllLines(file));
      var renewed = tables.renewed(this::report);
      if (check && !renewed.equals(tables)) {
        throw new RunException(
            "%s: tables are out of date; renew them with: %s benchmark tables %s"
                .formatted(file, console.program(), ShellWord.of(file)));
      }
      if (!check) {
        AtomicTextFile.write(file, out -> out.write(String.join("\n", renewed.lines()) + "\n"));
      }
      return ExitCodes.OK;
    } catch (IOException e) {
      throw new RunException("%s: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private List<String> report(List<String> arguments) {
    var report = new BenchmarkReportCommand(console);
    new CommandLine(report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return report.lines();
  }
}
