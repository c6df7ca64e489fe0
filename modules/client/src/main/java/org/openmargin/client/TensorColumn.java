package org.openmargin.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Tensors on the wire: as one block of bytes, or value by value with the last one repeated. */
final class TensorColumn {
  private TensorColumn() {}

  /** A vector of strings. */
  static ByteString strings(List<byte[]> values) {
    var proto =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(values.size())));
    values.forEach(value -> proto.addStringVal(ByteString.copyFrom(value)));
    return proto.build().toByteString();
  }

  /**
   * @throws ModelException if it is no tensor of a type that answers have
   */
  static Column of(ByteString bytes) {
    try {
      var tensor = TensorProto.parseFrom(bytes);
      var sizes = tensor.getTensorShape().getDimList();
      var count =
          sizes.stream().mapToLong(TensorShapeProto.Dim::getSize).reduce(1, (a, b) -> a * b);
      var rows = sizes.isEmpty() ? 1 : Math.toIntExact(sizes.get(0).getSize());
      return new Column(rows, filled(values(tensor), Math.toIntExact(count)));
    } catch (InvalidProtocolBufferException | ArithmeticException e) {
      throw new ModelException("the server's answer holds no tensor: " + e.getMessage(), e);
    }
  }

  private static List<Object> filled(List<Object> values, int count) {
    if (values.size() > count || (values.isEmpty() && count > 0)) {
      throw new ModelException(
          "the server's answer has %d values for %d".formatted(values.size(), count));
    }
    while (values.size() < count) {
      values.add(values.get(values.size() - 1));
    }
    return values;
  }

  private static List<Object> values(TensorProto tensor) {
    var content = tensor.getTensorContent();
    var block = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    var values = new ArrayList<>();
    switch (tensor.getDtype()) {
      case DT_STRING ->
          tensor.getStringValList().forEach(value -> values.add(value.toStringUtf8()));
      case DT_FLOAT -> {
        tensor.getFloatValList().forEach(value -> values.add((double) value));
        while (block.hasRemaining()) {
          values.add((double) block.getFloat());
        }
      }
      case DT_DOUBLE -> {
        values.addAll(tensor.getDoubleValList());
        while (block.hasRemaining()) {
          values.add(block.getDouble());
        }
      }
      case DT_INT64 -> {
        tensor.getInt64ValList().forEach(value -> values.add((double) value));
        while (block.hasRemaining()) {
          values.add((double) block.getLong());
        }
      }
      case DT_BOOL -> {
        values.addAll(tensor.getBoolValList());
        while (block.hasRemaining()) {
          values.add(block.get() != 0);
        }
      }
      default -> throw new ModelException("the server's answer has the type " + tensor.getDtype());
    }
    return values.stream().collect(Collectors.toCollection(ArrayList::new));
  }
}
