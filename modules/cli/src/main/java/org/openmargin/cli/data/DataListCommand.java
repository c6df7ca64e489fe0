package org.openmargin.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.source.MedMnist;
import org.openmargin.experiment.wiring.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List the MedMNIST sets and the downloaded sizes.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin data list"})
final class DataListCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Folder with downloaded sets. Default: ~/.openmargin/data.")
  private String folder;

  DataListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var files = DataFolder.of(folder);
    console.print("%-15s %7s  %-12s %s", "name", "classes", "downloaded", "class names");
    for (var set : MedMnist.all()) {
      console.print(
          "%-15s %7d  %-12s %s",
          set.name(),
          set.classNames().size(),
          downloaded(set, files),
          set.multiLabel()
              ? "(several labels per image: not supported)"
              : String.join("; ", set.classNames()));
    }
    return ExitCodes.OK;
  }

  private static String downloaded(MedMnist set, Path folder) {
    var sizes =
        MedMnist.SIZES_PX.stream()
            .filter(size -> Files.exists(folder.resolve(set.fileName(size))))
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return sizes.isEmpty() ? "-" : sizes;
  }
}
