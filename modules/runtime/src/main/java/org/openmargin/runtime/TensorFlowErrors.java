package org.openmargin.runtime;

import java.util.function.Function;

/** Recognises TensorFlow's exceptions, which only have their package in common. */
public final class TensorFlowErrors {
  private static final String PACKAGE = "org.tensorflow.exceptions";

  private TensorFlowErrors() {}

  /**
   * The exception to throw instead of {@code e}.
   *
   * @param toOwn makes our own exception from the first line of TensorFlow's long message
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
