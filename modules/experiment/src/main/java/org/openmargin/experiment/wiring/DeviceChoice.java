package org.openmargin.experiment.wiring;

import java.util.Locale;

/** Which processor is asked for. */
public enum DeviceChoice {
  /** The GPU if TensorFlow can use one, else the CPU. */
  AUTO,
  CPU,
  /** An error if TensorFlow cannot use a GPU. */
  GPU;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
