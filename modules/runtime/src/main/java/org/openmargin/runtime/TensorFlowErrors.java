package org.openmargin.runtime;

import java.util.List;
import java.util.function.Function;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** Recognises TensorFlow's exceptions, which only have their package in common. */
public final class TensorFlowErrors {
  private static final String PACKAGE = "org.tensorflow.exceptions";

  /** What oneDNN and the C++ library say when they get no memory. */
  private static final List<String> NO_MEMORY =
      List.of("could not create a memory object", "std::bad_alloc");

  private TensorFlowErrors() {}

  /** Whether the machine, the GPU or the Java heap had no memory left. */
  public static boolean isOutOfMemory(Throwable e) {
    var message = String.valueOf(e.getMessage());
    return e instanceof OutOfMemoryError
        || e instanceof TFResourceExhaustedException
        || (e instanceof TensorFlowException && NO_MEMORY.stream().anyMatch(message::contains));
  }

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

  /** The first line of a long message. */
  public static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
