package org.openmargin.experiment;

import java.util.function.Consumer;
import org.openmargin.trainer.Devices;
import org.openmargin.trainer.RuntimeSettings;
import org.openmargin.v1.RuntimeConfig;

/** Turns {@code runtime} into what sessions need, and says which processor it chose. */
final class Runtimes {
  private static final String DETERMINISTIC_OPS = "TF_DETERMINISTIC_OPS";

  private Runtimes() {}

  /**
   * @throws RunException if a GPU is wanted and TensorFlow has none
   */
  static RuntimeSettings of(RuntimeConfig config, Devices devices, Consumer<String> notices) {
    var device = device(config.getDevice(), devices);
    notices.accept("device: " + device + " (runtime.device is " + config.getDevice() + ")");
    if (device == RuntimeSettings.Device.GPU
        && config.getDeterministic()
        && !"1".equals(System.getenv(DETERMINISTIC_OPS))) {
      throw new RunException(
          "runtime.deterministic on a GPU needs the environment variable TF_DETERMINISTIC_OPS=1, set before the start");
    }
    return new RuntimeSettings(
        device, config.getDeterministic(), config.getIntraOpThreads(), config.getInterOpThreads());
  }

  private static RuntimeSettings.Device device(RuntimeConfig.Device wanted, Devices devices) {
    return switch (wanted) {
      case AUTO -> devices.hasGpu() ? RuntimeSettings.Device.GPU : RuntimeSettings.Device.CPU;
      case CPU -> RuntimeSettings.Device.CPU;
      case GPU -> {
        if (!devices.hasGpu()) {
          throw new RunException(
              "runtime.device: GPU, but TensorFlow can use only %s; build with -Pgpu, install CUDA 12 and cuDNN 9, or set runtime.device=AUTO"
                  .formatted(devices.names()));
        }
        yield RuntimeSettings.Device.GPU;
      }
    };
  }
}
