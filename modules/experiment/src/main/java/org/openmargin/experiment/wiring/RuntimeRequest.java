package org.openmargin.experiment.wiring;

import org.openmargin.runtime.RuntimeSettings;

/**
 * What to compute on, before it is known which devices there are.
 *
 * @param device which processor
 * @param settings for sessions; their device is not chosen yet
 * @param environment for the libraries of a GPU
 */
public record RuntimeRequest(
    DeviceChoice device, RuntimeSettings settings, RuntimeEnvironment environment) {

  /** The defaults on a processor of one's choice. */
  public static RuntimeRequest on(DeviceChoice device) {
    return new RuntimeRequest(device, RuntimeSettings.CPU, RuntimeEnvironment.DEFAULT);
  }
}
