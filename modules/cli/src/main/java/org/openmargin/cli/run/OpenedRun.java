package org.openmargin.cli.run;

import java.nio.file.Path;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.RunOverrides;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.Run;
import picocli.CommandLine.Mixin;

/** How a run is opened whose network is to be used: {@code --set}, {@code --device} and others. */
final class OpenedRun {
  @Mixin private RunOverrides overrides;

  @Mixin private DeviceOption device;

  @Mixin private UnfinishedOption unfinished;

  Run in(Path folder) {
    return unfinished.of(Experiment.open(folder, overrides.with(device.overrides())));
  }
}
