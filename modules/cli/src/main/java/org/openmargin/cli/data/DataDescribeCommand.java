package org.openmargin.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Overrides;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.wiring.ImageCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    header = "Count the images of each class and split.",
    description = {
      "For an experiment: as it would train on them, with known and unknown classes marked. For an",
      ".npz file or a folder: as they are. Every image is read, so damaged ones are found."
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
      "  openmargin data describe images/      (class folders, perhaps below train/, val/, test/)"
    })
final class DataDescribeCommand implements Callable<Integer> {
  private static final int ANY_SIZE_PX = 32;

  private final Console console;

  @Parameters(paramLabel = "EXPERIMENT|NPZ|DIR", description = "What to count.")
  private Path what;

  @Mixin private Overrides overrides;

  DataDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var table = new DatasetTable(console);
    if (Files.isDirectory(what)) {
      table.print(DatasetSummary.of(folder().load()), "of any size", List.of());
    } else if (what.toString().endsWith(".npz")) {
      table.print(DatasetSummary.of(new NpzSource(what, name(), List.of(), storage()).load()));
    } else {
      var experiment = Experiment.read(what, overrides.toArray()).withNotices(console::remark);
      var data = experiment.describeData();
      table.print(data, experiment.knownClasses(data));
    }
    return ExitCodes.OK;
  }

  private FolderSource folder() {
    var settings =
        new FolderSource.Settings(
            ImageGeometry.square(ANY_SIZE_PX), 3, List.of(), SplitFractions.DEFAULT);
    return new FolderSource(what, name(), settings, storage());
  }

  private ImageStorage storage() {
    return ImageCache.storage(console::remark);
  }

  private String name() {
    return String.valueOf(what.toAbsolutePath().normalize().getFileName());
  }
}
