package org.openmargin.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.Experiments;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Write a commented experiment to start from.",
    description = "The quickstart, with every field, its default and its meaning.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin config init my.textproto"})
final class ConfigInitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A new file. Default: standard output.")
  private Optional<Path> file;

  ConfigInitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (file.isEmpty()) {
      console.out().print(Experiments.template());
      return ExitCodes.OK;
    }
    write(file.get());
    console.line("wrote " + file.get());
    console.line("next: " + console.program() + " train " + ShellWord.of(file.get()));
    return ExitCodes.OK;
  }

  private static void write(Path file) {
    if (Files.exists(file)) {
      throw new RunException(file + " already exists; name another file");
    }
    try {
      AtomicTextFile.write(file, writer -> writer.write(Experiments.template()));
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }
}
