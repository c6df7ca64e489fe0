package org.openmargin.serving;

import java.util.function.Supplier;
import org.openmargin.runtime.TensorFlowErrors;

/** Calls into TensorFlow; its long error messages become one line. */
public final class TensorFlowCall {
  private TensorFlowCall() {}

  /**
   * What the call returns.
   *
   * @param failure begins the message if TensorFlow refuses
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
