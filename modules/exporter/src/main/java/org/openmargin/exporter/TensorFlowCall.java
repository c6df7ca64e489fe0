package org.openmargin.exporter;

import java.util.function.Supplier;

/**
 * Calls into TensorFlow, whose exceptions have no common type but their package, and messages of
 * many lines.
 */
final class TensorFlowCall {
  private static final String EXCEPTIONS = "org.tensorflow.exceptions";

  private TensorFlowCall() {}

  /**
   * What the call returns.
   *
   * @param failure begins the message if TensorFlow refuses
   * @throws ExportException if TensorFlow refuses
   */
  static <T> T of(String failure, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      if (e.getClass().getPackageName().equals(EXCEPTIONS)) {
        throw new ExportException(failure + ": " + firstLine(e), e);
      }
      throw e;
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
