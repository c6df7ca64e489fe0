package org.openmargin.serving;

import java.util.List;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.proto.TensorInfo;

/**
 * A signature with one input, prepared to fetch some of its outputs. Operations are looked up once,
 * whereas {@link LoadedModel#call} searches the graph for each by name and fetches all outputs.
 * Thread-safe.
 *
 * @param names of the wanted outputs in the signature
 * @param outputs the wanted outputs, in the same order
 */
record PreparedCall(
    LoadedModel model,
    String signature,
    Output<?> input,
    List<String> names,
    List<Output<?>> outputs) {

  /**
   * @throws ModelException if the signature lacks one of the names
   */
  static PreparedCall of(LoadedModel model, String signature, String input, List<String> outputs) {
    var definition = model.meta().getSignatureDefOrThrow(signature);
    var fetched =
        outputs.stream()
            .<Output<?>>map(name -> tensor(model, signature, name, definition.getOutputsMap()))
            .toList();
    var fed = tensor(model, signature, input, definition.getInputsMap());
    return new PreparedCall(model, signature, fed, outputs, fetched);
  }

  private static Output<?> tensor(
      LoadedModel model, String signature, String name, Map<String, TensorInfo> tensors) {
    if (!tensors.containsKey(name)) {
      throw new ModelException(
          "%s: signature %s has no '%s'".formatted(model.directory(), signature, name));
    }
    return model.bundle().graph().outputOrThrow(tensors.get(name).getName());
  }

  /**
   * Runs the model. The caller closes the answers and the tensor.
   *
   * @throws ModelException if the model refuses the tensor
   */
  Answers run(Tensor fed) {
    var runner = model.bundle().session().runner().feed(input, fed);
    outputs.forEach(runner::fetch);
    return TensorFlowCall.of(
        "signature " + signature + " fails", () -> new Answers(runner.run(), names));
  }
}
