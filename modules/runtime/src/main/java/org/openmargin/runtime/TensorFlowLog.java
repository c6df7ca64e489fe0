package org.openmargin.runtime;

import java.util.Map;

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
   * To be called before TensorFlow is loaded; later calls do nothing.
   *
   * @return the level in use
   */
  public static String quieten() {
    return Once.LEVEL_IN_USE;
  }

  private static String quietened() {
    var asked = System.getenv().getOrDefault(LEVEL, "");
    if (!asked.isEmpty()) {
      return asked;
    }
    try {
      // Read when the library is loaded. Elsewhere than on Linux it cannot be set.
      if (NativeEnvironment.isReachable()) {
        NativeEnvironment.set(Map.of(LEVEL, FATAL));
      }
    } catch (LinkageError e) {
      // Whoever loads TensorFlow next reports that it cannot be loaded.
      return "";
    }
    return FATAL;
  }
}
