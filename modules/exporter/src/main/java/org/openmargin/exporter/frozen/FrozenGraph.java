package org.openmargin.exporter.frozen;

import java.util.Map;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Replaces the reads of variables by their values. */
public final class FrozenGraph {
  /** A graph is one message, which must be smaller than 2 GiB and is copied while it is written. */
  static final long LARGEST = 1L << 30;

  private FrozenGraph() {}

  /**
   * @param graph holds what is served and nothing that assigns variables
   * @param values by the name of the operation that reads the variable
   * @throws ModelException if a variable has no value, or all values are too large for a graph
   */
  public static GraphDef of(GraphDef graph, Map<String, TensorProto> values) {
    var bytes = values.values().stream().mapToLong(TensorProto::getSerializedSize).sum();
    if (bytes > LARGEST) {
      throw new ModelException(
          "the weights take %d MiB, more than the %d MiB that a frozen graph can hold; export without --frozen"
              .formatted(bytes >> 20, LARGEST >> 20));
    }
    var frozen = graph.toBuilder().clearNode();
    for (var node : graph.getNodeList()) {
      switch (node.getOp()) {
        case "VarHandleOp" -> {}
        case "ReadVariableOp" -> frozen.addNode(constant(node.getName(), value(node, values)));
        default -> frozen.addNode(node);
      }
    }
    return FoldedProducts.of(FoldedNorms.of(FoldedParts.of(frozen.build())));
  }

  private static TensorProto value(NodeDef read, Map<String, TensorProto> values) {
    if (!values.containsKey(read.getName())) {
      throw new ModelException("the variable that %s reads has no value".formatted(read.getName()));
    }
    return values.get(read.getName());
  }

  static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(value.getDtype()).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }
}
