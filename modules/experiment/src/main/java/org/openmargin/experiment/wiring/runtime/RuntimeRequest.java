package org.openmargin.experiment.wiring.runtime;

import org.openmargin.runtime.RuntimeSettings;

/**
 * What to compute on, before the available devices are known.
 *
 * @param settings for sessions; their device is not chosen yet
 * @param environment for a GPU's libraries
 */
public record RuntimeRequest(
    DeviceChoice device, RuntimeSettings settings, RuntimeEnvironment environment) {

  /** The same on one device. */
  RuntimeRequest alone() {
    return new RuntimeRequest(device, settings.with(RuntimeSettings.Parallel.NONE), environment);
  }

  /** Default settings on that processor. */
  public static RuntimeRequest on(DeviceChoice device) {
    return new RuntimeRequest(device, RuntimeSettings.CPU, RuntimeEnvironment.DEFAULT);
  }
}
