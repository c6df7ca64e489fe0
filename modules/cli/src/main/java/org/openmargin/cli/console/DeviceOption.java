package org.openmargin.cli.console;

import java.util.List;
import java.util.Optional;
import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import picocli.CommandLine.Option;

/** {@code --device}, for commands that have an experiment. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = {
        "Where to compute: short for --set runtime.device=...",
        "Default: as in the experiment, whose default is the GPU if there is one."
      })
  private Optional<DeviceChoice> device;

  public List<String> overrides() {
    return device.map(choice -> List.of("runtime.device=" + choice.name())).orElse(List.of());
  }
}
