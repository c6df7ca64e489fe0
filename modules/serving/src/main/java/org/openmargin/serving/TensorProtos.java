package org.openmargin.serving;

import com.google.protobuf.ByteString;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Tensors as messages: numbers as raw content, strings one by one. */
public final class TensorProtos {
  private TensorProtos() {}

  public static TensorProto of(Tensor tensor) {
    var shape = TensorShapeProto.newBuilder();
    for (var size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    var proto =
        TensorProto.newBuilder()
            .setDtype(DataType.forNumber(tensor.dataType().getNumber()))
            .setTensorShape(shape);
    if (tensor instanceof TString strings) {
      strings.asBytes().streamOfObjects().forEach(s -> proto.addStringVal(ByteString.copyFrom(s)));
    } else {
      var bytes = new byte[Math.toIntExact(tensor.numBytes())];
      tensor.asRawTensor().data().read(bytes);
      proto.setTensorContent(ByteString.copyFrom(bytes));
    }
    return proto.build();
  }

  /** The tensor of a message made by {@link #of}; the caller closes it. */
  public static Tensor toTensor(TensorProto proto) {
    var shape =
        Shape.of(
            proto.getTensorShape().getDimList().stream()
                .mapToLong(TensorShapeProto.Dim::getSize)
                .toArray());
    var content = DataBuffers.of(proto.getTensorContent().toByteArray(), true, false);
    return switch (proto.getDtype()) {
      case DT_STRING ->
          strings(proto.getStringValList().stream().map(ByteString::toByteArray).toList());
      case DT_UINT8 -> Tensor.of(TUint8.class, shape, content);
      case DT_FLOAT -> Tensor.of(TFloat32.class, shape, content);
      case DT_INT64 -> Tensor.of(TInt64.class, shape, content);
      default -> throw new ModelException("this model has no input of type " + proto.getDtype());
    };
  }

  /** [n], bytes. */
  public static TString strings(List<byte[]> values) {
    var array = NdArrays.ofObjects(byte[].class, Shape.of(values.size()));
    for (var i = 0; i < values.size(); i++) {
      array.setObject(values.get(i), i);
    }
    return TString.tensorOfBytes(array);
  }

  /** [n, height, width, channels] from images of one size. */
  public static TUint8 images(List<byte[]> images, int height, int width, int channels) {
    var size = height * width * channels;
    for (var i = 0; i < images.size(); i++) {
      if (images.get(i).length != size) {
        throw new IllegalArgumentException(
            "image %d has %d bytes; %d x %d pixels of %d channels are %d"
                .formatted(i, images.get(i).length, height, width, channels, size));
      }
    }
    return TUint8.tensorOf(
        Shape.of(images.size(), height, width, channels), tensor -> fill(tensor, images, size));
  }

  private static void fill(TUint8 tensor, List<byte[]> images, long size) {
    var bytes = tensor.asRawTensor().data();
    for (var i = 0; i < images.size(); i++) {
      bytes.offset(i * size).write(images.get(i));
    }
  }
}
