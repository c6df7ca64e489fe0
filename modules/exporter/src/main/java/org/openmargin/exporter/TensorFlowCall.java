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
      if (TensorFlowErrors.threw(e)) {
        throw new ExportException(failure + ": " + TensorFlowErrors.firstLine(e), e);
      }
      throw e;
    }
  }
}
