package org.openmargin.runtime;

import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * TensorFlow's own messages on standard error: dozens of lines about its build and its optimiser,
 * none of which a user can act on. Errors reach Java as exceptions. So only fatal ones are printed,
 * unless {@code TF_CPP_MIN_LOG_LEVEL} asks for more (0: all, 3: fatal ones only). One message, of
 * two lines, does not obey: that an MLIR pass is not enabled, at the first run of a graph. The
 * launcher {@code tools/openmargin} leaves it out.
 */
public final class TensorFlowLog {
  static final String LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String FATAL = "3";

  private TensorFlowLog() {}

  private static final class Once {
    private static final String LEVEL_IN_USE = quietened();

    private Once() {}
  }

  /**
   * Loads TensorFlow, silently. To be called before anything else does; later calls do nothing.
   *
   * @return the level in use
   */
  public static String quieten() {
    return Once.LEVEL_IN_USE;
  }

  private static String quietened() {
    var asked = System.getenv().getOrDefault(LEVEL, "");
    // Read when the library is loaded, so that it must be set before. Elsewhere than on Linux it
    // cannot be.
    if (asked.isEmpty() && NativeEnvironment.isReachable()) {
      NativeEnvironment.set(Map.of(LEVEL, FATAL));
    }
    Loader.load(tensorflow.class);
    return asked.isEmpty() ? FATAL : asked;
  }
}
