package org.openmargin.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.wiring.runtime.ImageCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    header = "Count the images of each class and split.",
    description = {
      "For an experiment: as it would train on them, with known and unknown classes marked. For an",
      ".npz file, a folder, a manifest or TFRecord files: as they are. Every image is read, so",
      "damaged ones are found."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin data describe my.textproto",
      "  openmargin data describe bloodmnist.npz",
      "  openmargin data describe images.csv",
      "  openmargin data describe images/      (class folders, perhaps below train/, val/, test/)"
    })
final class DataDescribeCommand implements Callable<Integer> {
  private static final int ANY_SIZE_PX = 32;

  private final Console console;

  @Parameters(
      paramLabel = "DATA",
      description = "An experiment, an .npz file, a folder, a manifest or TFRecord files.")
  private Path what;

  @Mixin private Overrides overrides;

  @Mixin private JsonOption json;

  DataDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var table = new DatasetTable(json.text(console));
    console.status().brief("reading images");
    var storage = ImageCache.storage(console::remark).following(console.status());
    var loose = new LooseImages(what, Manifest.Settings.USUAL, ANY_SIZE_PX, storage);
    var source = loose.source();
    if (source.isPresent()) {
      var summary = DatasetSummary.of(source.get().load());
      if (loose.isArchive()) {
        table.print(summary);
      } else {
        table.print(summary, "of any size", List.of());
      }
      json.print(console, () -> DatasetJson.of(summary, List.of()));
    } else {
      var experiment = new Notices(console).shown(Experiment.read(what, overrides.toArray()));
      var summary = experiment.describeData();
      table.print(summary, experiment.knownClasses(summary));
      json.print(console, () -> DatasetJson.of(summary, experiment.knownClasses(summary)));
    }
    return ExitCodes.OK;
  }
}
