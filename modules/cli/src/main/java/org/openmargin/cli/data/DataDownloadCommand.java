package org.openmargin.cli.data;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.DataException;
import org.openmargin.data.download.Download;
import org.openmargin.data.source.MedMnist;
import org.openmargin.experiment.wiring.DataFolder;
import org.openmargin.experiment.wiring.MedMnistName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "download",
    header = "Download a MedMNIST set.",
    description = {
      "Resumes an interrupted download, and checks the file against its published MD5. A file that",
      "exists already is checked and kept."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin data download bloodmnist",
      "  openmargin data download octmnist --size 64 --to /data/medmnist",
      "  openmargin data download bloodmnist --mirror https://example.org/medmnist/"
    })
final class DataDownloadCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "A set, for example bloodmnist; see: data list.")
  private String name;

  @Option(
      names = "--size",
      paramLabel = "28|64|128|224",
      defaultValue = "28",
      description = "Edge length of the images, px. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Folder for data sets. Default: ~/.openmargin/data, where experiments look.")
  private String folder;

  @Option(
      names = "--mirror",
      paramLabel = "URL|DIR",
      description = "Server or folder to fetch it from. Default: zenodo.org.")
  private Optional<String> mirror;

  DataDownloadCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var set = MedMnistName.set(name);
    var target = DataFolder.of(folder).resolve(set.fileName(size));
    var source = mirror.map(place -> on(place, set)).orElseGet(() -> set.uri(size));
    var md5 = set.md5(size);
    console.line(source + " -> " + target);
    var progress = new DownloadProgress(console);
    new Download(source, target, md5).run(progress);
    progress.close();
    console.line(target + (md5.isPresent() ? " is complete, MD5 as published" : " is complete"));
    console.line(
        "in an experiment: data { medmnist { name: \"%s\" size_px: %d } ... }"
            .formatted(set.name(), size));
    return ExitCodes.OK;
  }

  private URI on(String place, MedMnist set) {
    try {
      return set.uri(size, place);
    } catch (DataException e) {
      throw new ParameterException(spec.commandLine(), "--mirror " + e.getMessage(), e);
    }
  }
}
