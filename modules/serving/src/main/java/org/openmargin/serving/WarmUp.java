package org.openmargin.serving;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.TensorProto;

/**
 * One record of {@code assets.extra/tf_serving_warmup_requests}: a request that a server replays
 * when it loads the model, with the response that it should give (servers do not look at the
 * response, our contract check does).
 *
 * <p>It is a {@code tensorflow.serving.PredictionLog}, whose classes are in no artifact of
 * TensorFlow Java; the few fields are named here. Source:
 * tensorflow_serving/apis/{prediction_log,predict,model} .proto.
 *
 * @param model name of the served model
 * @param signature which one is called
 * @param inputs by name
 * @param outputs by name
 */
public record WarmUp(
    String model,
    String signature,
    Map<String, TensorProto> inputs,
    Map<String, TensorProto> outputs) {

  // PredictionLog
  private static final int PREDICT_LOG = 6;
  // PredictLog
  private static final int REQUEST = 1;
  private static final int RESPONSE = 2;
  // PredictRequest
  private static final int REQUEST_MODEL_SPEC = 1;
  private static final int INPUTS = 2;
  // PredictResponse
  private static final int OUTPUTS = 1;
  private static final int RESPONSE_MODEL_SPEC = 2;
  // ModelSpec
  private static final int NAME = 1;
  private static final int SIGNATURE_NAME = 3;
  // entry of a map field
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** The record's bytes. */
  public byte[] encode() {
    var spec = message();
    spec.addField(NAME, field(ByteString.copyFromUtf8(model)));
    spec.addField(SIGNATURE_NAME, field(ByteString.copyFromUtf8(signature)));
    var modelSpec = field(spec.build().toByteString());
    var request = message().addField(REQUEST_MODEL_SPEC, modelSpec).addField(INPUTS, map(inputs));
    var response =
        message().addField(OUTPUTS, map(outputs)).addField(RESPONSE_MODEL_SPEC, modelSpec);
    var log =
        message()
            .addField(REQUEST, field(request.build().toByteString()))
            .addField(RESPONSE, field(response.build().toByteString()));
    return message().addField(PREDICT_LOG, field(log.build().toByteString())).build().toByteArray();
  }

  /**
   * Reads a record.
   *
   * @throws ModelException if it is not a predict log
   */
  static WarmUp decode(byte[] record) {
    try {
      var log = only(UnknownFieldSet.parseFrom(record), PREDICT_LOG);
      var request = only(UnknownFieldSet.parseFrom(log), REQUEST);
      var requestFields = UnknownFieldSet.parseFrom(request);
      var spec = UnknownFieldSet.parseFrom(only(requestFields, REQUEST_MODEL_SPEC));
      var response = UnknownFieldSet.parseFrom(only(UnknownFieldSet.parseFrom(log), RESPONSE));
      return new WarmUp(
          only(spec, NAME).toStringUtf8(),
          only(spec, SIGNATURE_NAME).toStringUtf8(),
          tensors(requestFields.getField(INPUTS)),
          tensors(response.getField(OUTPUTS)));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException("a warm-up record is not a PredictionLog: " + e.getMessage(), e);
    }
  }

  private static UnknownFieldSet.Builder message() {
    return UnknownFieldSet.newBuilder();
  }

  private static Field field(ByteString value) {
    return Field.newBuilder().addLengthDelimited(value).build();
  }

  private static Field map(Map<String, ? extends MessageLite> values) {
    var field = Field.newBuilder();
    new TreeMap<>(values)
        .forEach(
            (key, value) ->
                field.addLengthDelimited(
                    message()
                        .addField(KEY, field(ByteString.copyFromUtf8(key)))
                        .addField(VALUE, field(value.toByteString()))
                        .build()
                        .toByteString()));
    return field.build();
  }

  private static ByteString only(UnknownFieldSet message, int number) {
    var values = message.getField(number).getLengthDelimitedList();
    if (values.size() != 1) {
      throw new ModelException(
          "a warm-up record is not a PredictionLog: field %d is there %d times, not once"
              .formatted(number, values.size()));
    }
    return values.get(0);
  }

  private static Map<String, TensorProto> tensors(Field map) throws InvalidProtocolBufferException {
    var tensors = new TreeMap<String, TensorProto>();
    for (var bytes : map.getLengthDelimitedList()) {
      var entry = UnknownFieldSet.parseFrom(bytes);
      tensors.put(only(entry, KEY).toStringUtf8(), TensorProto.parseFrom(only(entry, VALUE)));
    }
    return tensors;
  }
}
