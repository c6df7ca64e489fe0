package org.openmargin.experiment.wiring;

import java.util.Locale;
import org.openmargin.config.v1.RuntimeConfig;

/** Where to compute. */
public enum DeviceChoice {
  /** The GPU where there is one that TensorFlow can use, else the CPU. */
  AUTO,
  CPU,
  /** Stops when TensorFlow cannot use a GPU. */
  GPU;

  public RuntimeConfig config() {
    var device =
        switch (this) {
          case AUTO -> RuntimeConfig.Device.AUTO;
          case CPU -> RuntimeConfig.Device.CPU;
          case GPU -> RuntimeConfig.Device.GPU;
        };
    return RuntimeConfig.newBuilder().setDevice(device).build();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
