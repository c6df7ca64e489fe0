package org.openmargin.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.source.PixelForm;
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
      ".npz file, a folder or a manifest (CSV): as they are. Every image is read, so damaged ones",
      "are found."
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
      description = "An experiment, an .npz file, a folder or a manifest.")
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
    if (Files.isDirectory(what)) {
      var summary = DatasetSummary.of(folder().load());
      table.print(summary, "of any size", List.of());
      json.print(console, () -> DatasetJson.of(summary, List.of()));
    } else if (isTable()) {
      var summary = DatasetSummary.of(manifest().load());
      table.print(summary, "of any size", List.of());
      json.print(console, () -> DatasetJson.of(summary, List.of()));
    } else if (what.toString().endsWith(".npz")) {
      var summary = DatasetSummary.of(new NpzSource(what, name(), List.of(), storage()).load());
      table.print(summary);
      json.print(console, () -> DatasetJson.of(summary, List.of()));
    } else {
      var experiment = new Notices(console).shown(Experiment.read(what, overrides.toArray()));
      var summary = experiment.describeData();
      table.print(summary, experiment.knownClasses(summary));
      json.print(console, () -> DatasetJson.of(summary, experiment.knownClasses(summary)));
    }
    return ExitCodes.OK;
  }

  private FolderSource folder() {
    var settings =
        new FolderSource.Settings(
            ImageGeometry.square(ANY_SIZE_PX), 3, List.of(), SplitFractions.DEFAULT);
    return new FolderSource(what, name(), settings, storage());
  }

  private boolean isTable() {
    return what.toString().toLowerCase(Locale.ROOT).matches(".*[.](csv|tsv)");
  }

  private ManifestSource manifest() {
    var settings =
        new ManifestSource.Settings(
            Manifest.Settings.USUAL,
            new PixelForm(ImageGeometry.square(ANY_SIZE_PX), 3),
            names -> new Division(SplitFractions.DEFAULT));
    return new ManifestSource(what, name(), settings, storage());
  }

  private ImageStorage storage() {
    return ImageCache.storage(console::remark).following(console.status());
  }

  private String name() {
    return String.valueOf(what.toAbsolutePath().normalize().getFileName());
  }
}
