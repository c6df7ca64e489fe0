package org.openmargin.runtime;

import java.util.function.Function;

/** Tells exceptions of TensorFlow from others: they have no common type but their package. */
public final class TensorFlowErrors {
  private static final String PACKAGE = "org.tensorflow.exceptions";

  private TensorFlowErrors() {}

  /**
   * What to throw instead of an exception.
   *
   * @param e what was caught
   * @param toOwn makes an exception of our own of the first of the many lines of TensorFlow's
   *     message
   * @return that exception if TensorFlow threw {@code e}, else {@code e} itself
   */
  public static RuntimeException translated(
      RuntimeException e, Function<String, RuntimeException> toOwn) {
    return e.getClass().getPackageName().equals(PACKAGE) ? toOwn.apply(firstLine(e)) : e;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
