package org.openmargin.serving.gate.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The same rows for any signature of a model.
 *
 * @param inputs by the names that signatures give them
 */
record Sent(LoadedModel model, Map<String, Tensor> inputs) implements AutoCloseable {

  static Sent to(LoadedModel model) {
    return new Sent(model, new LinkedHashMap<>());
  }

  Sent with(String name, Tensor tensor) {
    inputs.put(name, tensor);
    return this;
  }

  Sent with(String name, float[] values, long... shape) {
    return with(name, TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false)));
  }

  Sent with(String name, int rows, long value) {
    return with(name, ClassTable.classes(rows, value));
  }

  /** The caller closes the answers. */
  Answers call(Signature signature) {
    var fed = new LinkedHashMap<>(inputs);
    fed.keySet().retainAll(signature.inputs().keySet());
    return model.call(signature, fed);
  }

  @Override
  public void close() {
    inputs.values().forEach(Tensor::close);
  }
}
