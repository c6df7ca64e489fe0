package org.openmargin.model.foreign;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operation;
import org.tensorflow.RawTensor;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The variables of a SavedModel that TensorFlow has loaded; read at once. */
final class LoadedVariables implements Freezing.Values, AutoCloseable {
  /** Of a graph in one message: below 2 GiB, with room for the rest of it. */
  private static final long MOST_BYTES = 1900L << 20;

  /** Weights are read once, so a GPU would not help; processes see the same devices later. */
  static final ConfigProto ON_CPU = ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();

  private static final ConfigProto AS_IT_IS =
      ON_CPU.toBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private final SavedModelBundle bundle;

  private LoadedVariables(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  static LoadedVariables of(Path folder, MetaGraphDef graph) {
    var tags = ModelFolder.tags(graph).toArray(String[]::new);
    return new LoadedVariables(
        SavedModelBundle.loader(folder.toString()).withTags(tags).withConfigProto(AS_IT_IS).load());
  }

  /** As loaded: without defaults that this version of TensorFlow does not know. */
  GraphDef graph() {
    return bundle.metaGraphDef().getGraphDef();
  }

  /** In one run: TensorFlow looks at the whole graph again for each. */
  @Override
  public Map<String, AttrValue> of(Collection<NodeDef> variables) {
    var names = variables.stream().map(NodeDef::getName).toList();
    var runner = bundle.session().runner();
    variables.forEach(variable -> runner.fetch(source(variable).output(0)));
    var values = new HashMap<String, AttrValue>();
    if (names.isEmpty()) {
      return values;
    }
    try (var result = runner.run()) {
      var bytes = 0L;
      for (var i = 0; i < names.size(); i++) {
        var tensor = result.get(i).asRawTensor();
        bytes += tensor.numBytes();
        if (bytes > MOST_BYTES) {
          throw new IllegalArgumentException(
              "its weights take more than %d MiB, the most that a graph can hold"
                  .formatted(MOST_BYTES >> 20));
        }
        values.put(names.get(i), AttrValue.newBuilder().setTensor(proto(tensor)).build());
      }
    }
    return values;
  }

  private Operation source(NodeDef variable) {
    var node = bundle.graph().operation(variable.getName());
    if (node == null) {
      throw new IllegalArgumentException(
          "its variable %s is made inside a function".formatted(variable.getName()));
    }
    return variable.getOp().equals("VarHandleOp") ? reading(node, variable) : node;
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
