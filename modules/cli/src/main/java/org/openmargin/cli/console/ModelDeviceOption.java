package org.openmargin.cli.console;

import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import picocli.CommandLine.Option;

/** {@code --device}, for commands that have an exported model only. */
public final class ModelDeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      defaultValue = "auto",
      description = {
        "Where to compute; auto is the GPU if there is one, else the CPU.",
        "Default: ${DEFAULT-VALUE}."
      })
  private DeviceChoice device;

  public DeviceChoice choice() {
    return device;
  }
}
