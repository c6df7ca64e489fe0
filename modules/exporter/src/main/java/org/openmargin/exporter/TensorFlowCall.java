package org.openmargin.exporter;

import java.util.function.Supplier;
import org.openmargin.nn.TensorFlowErrors;

/** Calls into TensorFlow, whose refusals become one line. */
final class TensorFlowCall {
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
      throw TensorFlowErrors.translated(
          e, reason -> new ExportException(failure + ": " + reason, e));
    }
  }
}
