package org.openmargin.exporter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A way to call the model, with the tensors that the contract requires.
 *
 * @param inputs by name, in order
 * @param outputs by name, in order; dimension 0 of each is the batch
 */
public record ServingSignature(
    ModelContract.Signature contract,
    Map<String, Operand<?>> inputs,
    Map<String, Operand<?>> outputs) {

  /** Refuses tensors other than the contract's; keeps the order of the maps. */
  public ServingSignature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    if (!types(inputs).equals(contract.inputs()) || !types(outputs).equals(contract.outputs())) {
      throw new IllegalArgumentException(
          "the contract of %s requires %s and %s; got %s and %s"
              .formatted(
                  contract.name(),
                  contract.inputs(),
                  contract.outputs(),
                  types(inputs),
                  types(outputs)));
    }
  }

  String name() {
    return contract.name();
  }

  private static Map<String, DataType> types(Map<String, Operand<?>> tensors) {
    return tensors.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, tensor -> type(tensor.getValue())));
  }

  private static DataType type(Operand<?> operand) {
    return DataType.forNumber(operand.asOutput().dataType().getNumber());
  }

  public SignatureDef toProto() {
    var proto = SignatureDef.newBuilder().setMethodName(contract.method());
    inputs.forEach((key, operand) -> proto.putInputs(key, tensorInfo(operand)));
    outputs.forEach((key, operand) -> proto.putOutputs(key, tensorInfo(operand)));
    return proto.build();
  }

  private static TensorInfo tensorInfo(Operand<?> operand) {
    var output = operand.asOutput();
    var shape = TensorShapeProto.newBuilder();
    for (var size : output.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(type(operand))
        .setTensorShape(shape)
        .build();
  }
}
