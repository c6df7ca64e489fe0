package org.openmargin.cli.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.NewTextFile;
import org.openmargin.config.Experiments;
import org.openmargin.experiment.check.OwnImages;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Write a commented experiment to start from.",
    description = {
      "With --data, an experiment for your own images that can be trained as it is: it looks into",
      "the folder and fills in class names, sizes, channels, shares and batch size. Without, the",
      "quickstart, with every field, its default and its meaning."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin config init my.textproto",
      "  openmargin config init --data images -o my.textproto",
      "  openmargin config init --data images.csv -o my.textproto"
    })
final class ConfigInitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A new file. Default: standard output.")
  private Optional<Path> file;

  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      description = {
        "Your images: one folder per class, or train/, val/ and test/ with such folders; a table",
        "(CSV, Parquet) with a row per image; TFRecord files; or an .npz archive."
      })
  private Optional<Path> images;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The same as FILE.")
  private Optional<Path> out;

  ConfigInitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (file.isPresent() && out.isPresent()) {
      throw new RunException("give the new file once, as FILE or by -o");
    }
    file = file.or(() -> out);
    file.map(NewTextFile::new).ifPresent(NewTextFile::requireNew);
    var own = images.map(OwnImages::in);
    own.ifPresent(found -> found.lines().forEach(console::remark));
    var text = own.map(OwnImages::experiment).orElseGet(Experiments::template);
    if (file.isEmpty()) {
      console.out().print(text);
      return ExitCodes.OK;
    }
    new NewTextFile(file.get()).write(text);
    console.line("wrote " + file.get());
    console.line("next: " + console.program() + " train " + ShellWord.of(file.get()));
    return ExitCodes.OK;
  }
}
