package org.openmargin.cli;

import org.openmargin.experiment.DeviceChoice;
import picocli.CommandLine.Option;

/** {@code --device}, for commands that have an exported model only. */
final class ModelDeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      defaultValue = "auto",
      description = {
        "Where to compute; auto: the GPU if there is one, else the CPU.",
        "Default: ${DEFAULT-VALUE}."
      })
  private DeviceChoice device;

  DeviceChoice choice() {
    return device;
  }
}
