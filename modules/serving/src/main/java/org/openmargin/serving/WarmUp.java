package org.openmargin.serving;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.serving.proto.ModelSpec;
import org.openmargin.serving.proto.PredictLog;
import org.openmargin.serving.proto.PredictRequest;
import org.openmargin.serving.proto.PredictResponse;
import org.openmargin.serving.proto.PredictionLog;
import org.tensorflow.proto.TensorProto;

/**
 * One record of {@code assets.extra/tf_serving_warmup_requests}, a {@code
 * tensorflow.serving.PredictionLog}: a request that a server replays when it loads the model, with
 * the expected response. Servers ignore the response; {@link ModelCheck} compares it.
 */
public record WarmUp(
    String model,
    String signature,
    Map<String, TensorProto> inputs,
    Map<String, TensorProto> outputs) {

  public byte[] encode() {
    var spec = ModelSpec.newBuilder().setName(model).setSignatureName(signature);
    var request = PredictRequest.newBuilder().setModelSpec(spec).putAllInputs(encoded(inputs));
    var response = PredictResponse.newBuilder().putAllOutputs(encoded(outputs)).setModelSpec(spec);
    return PredictionLog.newBuilder()
        .setPredictLog(PredictLog.newBuilder().setRequest(request).setResponse(response))
        .build()
        .toByteArray();
  }

  /**
   * @throws ModelException if the record is not a predict log
   */
  static WarmUp decode(byte[] record) {
    try {
      var log = PredictionLog.parseFrom(record).getPredictLog();
      if (!log.hasRequest() || !log.hasResponse()) {
        throw new ModelException(
            "a warm-up record is not a PredictionLog: it holds no request with its response");
      }
      var spec = log.getRequest().getModelSpec();
      return new WarmUp(
          spec.getName(),
          spec.getSignatureName(),
          tensors(log.getRequest().getInputsMap()),
          tensors(log.getResponse().getOutputsMap()));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException("a warm-up record is not a PredictionLog: " + e.getMessage(), e);
    }
  }

  private static Map<String, ByteString> encoded(Map<String, TensorProto> tensors) {
    var bytes = new TreeMap<String, ByteString>();
    tensors.forEach((name, tensor) -> bytes.put(name, tensor.toByteString()));
    return bytes;
  }

  private static Map<String, TensorProto> tensors(Map<String, ByteString> bytes)
      throws InvalidProtocolBufferException {
    var tensors = new TreeMap<String, TensorProto>();
    for (var entry : bytes.entrySet()) {
      tensors.put(entry.getKey(), TensorProto.parseFrom(entry.getValue()));
    }
    return tensors;
  }
}
