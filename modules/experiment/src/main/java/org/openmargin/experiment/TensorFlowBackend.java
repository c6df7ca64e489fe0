package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.openmargin.trainer.Devices;
import org.tensorflow.TensorFlow;

/**
 * The TensorFlow that this process uses.
 *
 * @param version of TensorFlow
 * @param devices that it can use, such as {@code CPU:0}
 * @param libraries folder that its native libraries were unpacked to
 */
public record TensorFlowBackend(String version, List<String> devices, Path libraries) {

  /** Copies the list. */
  public TensorFlowBackend {
    devices = List.copyOf(devices);
  }

  /**
   * Loads TensorFlow; the first time ever that unpacks its libraries.
   *
   * @throws RunException if the libraries' folder cannot be used
   */
  public static TensorFlowBackend load() {
    try {
      return new TensorFlowBackend(
          TensorFlow.version(), Devices.list().names(), Loader.getCacheDir().toPath());
    } catch (IOException e) {
      throw new RunException("the cache of native libraries cannot be used: " + e.getMessage(), e);
    }
  }
}
