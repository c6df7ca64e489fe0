package org.openmargin.nn;

/** Tells exceptions of TensorFlow from others: they have no common type but their package. */
public final class TensorFlowErrors {
  private static final String PACKAGE = "org.tensorflow.exceptions";

  private TensorFlowErrors() {}

  /** Whether TensorFlow threw this. */
  public static boolean threw(RuntimeException e) {
    return e.getClass().getPackageName().equals(PACKAGE);
  }

  /** The first of the many lines of its message. */
  public static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
