package org.openmargin.exporter.frozen;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A kernel with a batch norm in it, and what is left of the norm: a bias. */
record FoldedKernel(NodeDef kernelNode, NodeDef biasNode) {

  /**
   * @param conv whose input 1 is the kernel, [..., out]
   * @param norm whose inputs 1 to 4 are scale, offset, mean and variance, [out] each
   */
  static FoldedKernel of(String name, NodeDef conv, NodeDef norm, GraphNodes nodes) {
    // Defaults are left out of the graph; that of the operation is 1e-4.
    var epsilon = norm.containsAttr("epsilon") ? norm.getAttrOrThrow("epsilon").getF() : 1e-4f;
    var kernel = nodes.value(conv, 1);
    var scale = floats(nodes.value(norm, 1));
    var offset = floats(nodes.value(norm, 2));
    var mean = floats(nodes.value(norm, 3));
    var variance = floats(nodes.value(norm, 4));
    var factors = new double[scale.length];
    var bias = new float[scale.length];
    for (var c = 0; c < factors.length; c++) {
      factors[c] = scale[c] / Math.sqrt((double) variance[c] + epsilon);
      bias[c] = (float) (offset[c] - mean[c] * factors[c]);
    }
    var weights = floats(kernel);
    for (var i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] * factors[i % factors.length]);
    }
    return new FoldedKernel(
        FrozenGraph.constant(name, tensor(kernel, weights)),
        FrozenGraph.constant(name + ".bias", tensor(nodes.value(norm, 1), bias)));
  }

  /** Row by row; one value stands for all if they are equal. */
  private static float[] floats(TensorProto tensor) {
    var size = 1;
    for (var dimension : tensor.getTensorShape().getDimList()) {
      size *= (int) dimension.getSize();
    }
    var values = new float[size];
    if (tensor.getTensorContent().isEmpty()) {
      for (var i = 0; i < size; i++) {
        values[i] = tensor.getFloatVal(Math.min(i, tensor.getFloatValCount() - 1));
      }
    } else {
      var bytes = tensor.getTensorContent().asReadOnlyByteBuffer();
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
    return values;
  }

  private static TensorProto tensor(TensorProto like, float[] values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    var shape = TensorShapeProto.newBuilder(like.getTensorShape());
    return TensorProto.newBuilder()
        .setDtype(like.getDtype())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(bytes))
        .build();
  }
}
