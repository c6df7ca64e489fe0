package org.openmargin.runtime;

import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Places operations of a graph on devices after they have been added. TensorFlow's gradients are
 * added without a device, and one without a device runs on the first.
 */
public final class Placement {
  private Placement() {}

  /**
   * Places the operations of a graph that no session has run yet.
   *
   * @param device name of the device of an operation, by the operation's name; empty: as it is
   * @throws IllegalStateException if this version of TensorFlow Java hides its graph
   */
  public static void of(Graph graph, Function<String, Optional<String>> device) {
    var handle = handle(graph);
    graph
        .operations()
        .forEachRemaining(
            operation ->
                device
                    .apply(operation.name())
                    .ifPresent(
                        name ->
                            tensorflow.TF_SetRequestedDevice(
                                handle, operation.getUnsafeNativeHandle(), name)));
  }

  /** TensorFlow Java gives out the handles of operations, but not that of their graph. */
  private static TF_Graph handle(Graph graph) {
    try {
      var field = Graph.class.getDeclaredField("nativeHandle");
      field.setAccessible(true);
      return (TF_Graph) field.get(graph);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new IllegalStateException(
          "operations cannot be placed on several devices with this version of TensorFlow Java", e);
    }
  }
}
