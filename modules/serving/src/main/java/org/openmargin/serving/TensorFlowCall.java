package org.openmargin.serving;

import java.util.function.Supplier;
import org.openmargin.runtime.TensorFlowErrors;

/** Calls into TensorFlow; its long error messages become one line. */
public final class TensorFlowCall {
  private TensorFlowCall() {}

  /**
   * Returns the result of the call.
   *
   * @param failure start of the message if TensorFlow refuses
   * @throws ModelException if TensorFlow refuses
   */
  public static <T> T of(String failure, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e, reason -> new ModelException(failure + ": " + reason, e));
    }
  }
}
