package org.openmargin.exporter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One way to call the model.
 *
 * @param name key of the signature
 * @param inputs by name, in order
 * @param outputs by name, in order; dimension 0 of each is the batch
 */
public record ServingSignature(
    String name, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {

  /** Copies the maps, keeping their order. */
  public ServingSignature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** As it stands in a SavedModel. */
  SignatureDef toProto() {
    var proto = SignatureDef.newBuilder().setMethodName(ModelContract.METHOD);
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
        .setDtype(DataType.forNumber(output.dataType().getNumber()))
        .setTensorShape(shape)
        .build();
  }
}
