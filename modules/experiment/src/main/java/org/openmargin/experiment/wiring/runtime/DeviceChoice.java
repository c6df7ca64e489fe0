package org.openmargin.experiment.wiring.runtime;

import java.util.Locale;

/** The requested processor. */
public enum DeviceChoice {
  /** A GPU if TensorFlow can use one, otherwise the CPU. */
  AUTO,
  CPU,
  /** Fails if TensorFlow cannot use a GPU. */
  GPU;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
