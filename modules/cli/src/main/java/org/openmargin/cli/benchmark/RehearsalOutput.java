package org.openmargin.cli.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.benchmark.rehearsal.Rehearsal;
import org.openmargin.benchmark.rehearsal.RehearsalResult;
import org.openmargin.cli.console.Console;
import org.openmargin.files.ShellWord;
import picocli.CommandLine.Option;

/** Where a rehearsal's choice goes. */
final class RehearsalOutput {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "Where to write the chosen experiment. Default: DIR/<name>-rehearsed.textproto, beside",
        "all figures in DIR/rehearsal.json; DIR is --work."
      })
  private Optional<Path> out;

  @Option(names = "--force", description = "Replace the file of --out. Default: refuse.")
  private boolean force;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format; json is rehearsal.json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  /** Before anything is trained: refuses to replace the choice of another rehearsal. */
  void requireFree(Rehearsal rehearsal) {
    if (Files.exists(file(rehearsal)) && !force) {
      throw RehearsalResult.exists(file(rehearsal));
    }
  }

  private Path file(Rehearsal rehearsal) {
    return out.orElse(rehearsal.work().resolve(rehearsal.name() + "-rehearsed.textproto"));
  }

  /** Prints the figures, then writes the files. */
  void write(Rehearsal rehearsal, Console console) {
    var result = rehearsal.result();
    var file = file(rehearsal);
    if (format == Format.JSON) {
      console.line(result.json().stripTrailing());
      result.write(file, force);
      return;
    }
    new RehearsalTable(console).print(result);
    result.write(file, force);
    console.line("");
    console.line("figures      " + result.figures());
    console.line("experiment   " + file);
    console.line("next: " + console.program() + " train " + ShellWord.of(file));
  }

  enum Format {
    TEXT,
    JSON
  }
}
