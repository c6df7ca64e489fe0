package org.openmargin.model.foreign;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operation;
import org.tensorflow.RawTensor;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The variables of a SavedModel that TensorFlow has loaded; read one by one. */
final class LoadedVariables implements Freezing.Values, AutoCloseable {
  /** Of a graph in one message: below 2 GiB, with room for the rest of it. */
  private static final long MOST_BYTES = 1900L << 20;

  /** Weights are read once, so a GPU would not help; processes see the same devices later. */
  static final ConfigProto ON_CPU = ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();

  private final SavedModelBundle bundle;
  private final Map<String, AttrValue> read = new HashMap<>();
  private long bytes;

  private LoadedVariables(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  static LoadedVariables of(Path folder, MetaGraphDef graph) {
    var tags = ModelFolder.tags(graph).toArray(String[]::new);
    return new LoadedVariables(
        SavedModelBundle.loader(folder.toString()).withTags(tags).withConfigProto(ON_CPU).load());
  }

  /** As loaded: without defaults that this version of TensorFlow does not know. */
  GraphDef graph() {
    return bundle.metaGraphDef().getGraphDef();
  }

  @Override
  public AttrValue of(NodeDef variable) {
    var there = read.get(variable.getName());
    if (there == null) {
      there = fetched(variable);
      read.put(variable.getName(), there);
    }
    return there;
  }

  private AttrValue fetched(NodeDef variable) {
    var node = bundle.graph().operation(variable.getName());
    if (node == null) {
      throw new IllegalArgumentException(
          "its variable %s is made inside a function".formatted(variable.getName()));
    }
    var source = variable.getOp().equals("VarHandleOp") ? reading(node, variable) : node;
    try (var result = bundle.session().runner().fetch(source.output(0)).run()) {
      var tensor = result.get(0).asRawTensor();
      bytes += tensor.numBytes();
      if (bytes > MOST_BYTES) {
        throw new IllegalArgumentException(
            "its weights take more than %d MiB, the most that a graph can hold"
                .formatted(MOST_BYTES >> 20));
      }
      return AttrValue.newBuilder().setTensor(proto(tensor)).build();
    }
  }

  private Operation reading(Operation handle, NodeDef variable) {
    return Ops.create(bundle.graph())
        .scope()
        .opBuilder("ReadVariableOp", "frozen_value")
        .addInput(handle.output(0))
        .setAttr("dtype", variable.getAttrOrThrow("dtype"))
        .build();
  }

  private static TensorProto proto(RawTensor tensor) {
    var content = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.data().read(content);
    var shape = TensorShapeProto.newBuilder();
    Arrays.stream(tensor.shape().asArray())
        .forEach(size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return TensorProto.newBuilder()
        .setDtype(tensor.dataType())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(content))
        .build();
  }

  @Override
  public void close() {
    bundle.close();
  }
}
