package org.openmargin.speed;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Tensors, made and read as in TensorFlow Java's documentation. */
final class Tensors {
  private Tensors() {}

  /** The tensor to feed for a request; the caller closes it. */
  static Tensor of(Request request) {
    return switch (request.input()) {
      case PIXELS -> images(request);
      case FILES -> strings(request);
    };
  }

  private static Tensor images(Request request) {
    var count = request.contents().size();
    var size = request.contents().get(0).length;
    var all = new byte[count * size];
    for (var i = 0; i < count; i++) {
      System.arraycopy(request.contents().get(i), 0, all, i * size, size);
    }
    var shape = Shape.of(count, request.sizePx(), request.sizePx(), 3);
    return TUint8.tensorOf(shape, DataBuffers.of(all, true, false));
  }

  private static Tensor strings(Request request) {
    var contents = request.contents();
    var array = NdArrays.ofObjects(byte[].class, Shape.of(contents.size()));
    for (var i = 0; i < contents.size(); i++) {
      array.setObject(contents.get(i), i);
    }
    return TString.tensorOfBytes(array);
  }

  static float[][] rows(Tensor tensor) {
    var matrix = (TFloat32) tensor;
    var rows = new float[(int) matrix.shape().get(0)][(int) matrix.shape().get(1)];
    var data = matrix.asRawTensor().data().asFloats();
    for (var i = 0; i < rows.length; i++) {
      data.offset((long) i * rows[i].length).read(rows[i]);
    }
    return rows;
  }
}
