package org.openmargin.exporter.frozen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Replaces parts of constants by constants of their own: of a kernel that moves over a map of few
 * places only some weights are used, and the others need not be kept.
 */
final class FoldedParts {
  private static final Set<String> PARTS = Set.of("Slice", "Reshape");

  private FoldedParts() {}

  /** The same graph, in which nobody may read the whole constants any more. */
  static GraphDef of(GraphDef graph) {
    var nodes = GraphNodes.of(graph);
    var found = new LinkedHashMap<String, NodeDef>();
    for (var node : graph.getNodeList()) {
      if (isPart(nodes, node)) {
        found.put(node.getName(), node);
      }
    }
    if (found.isEmpty()) {
      return graph;
    }
    var values = values(graph, List.copyOf(found.keySet()));
    var folded = graph.toBuilder();
    for (var i = 0; i < folded.getNodeCount(); i++) {
      if (values.containsKey(folded.getNode(i).getName())) {
        folded.setNode(i, values.get(folded.getNode(i).getName()));
      }
    }
    return folded.build();
  }

  /** Of floats, from constants or parts of constants. */
  private static boolean isPart(GraphNodes nodes, NodeDef node) {
    return PARTS.contains(node.getOp())
        && node.getAttrOrDefault("T", AttrValue.getDefaultInstance()).getType() == DataType.DT_FLOAT
        && IntStream.range(0, node.getInputCount())
            .allMatch(
                i ->
                    nodes
                        .first(node, i)
                        .filter(input -> input.getOp().equals("Const") || isPart(nodes, input))
                        .isPresent());
  }

  private static Map<String, NodeDef> values(GraphDef definition, List<String> names) {
    try (var graph = new Graph()) {
      graph.importGraphDef(definition);
      try (var session = new Session(graph)) {
        var runner = session.runner();
        names.forEach(runner::fetch);
        try (var result = TensorFlowCall.of("kernels cannot be folded", runner::run)) {
          var values = new LinkedHashMap<String, NodeDef>();
          for (var i = 0; i < names.size(); i++) {
            var value = TensorProtos.of(result.get(i));
            values.put(names.get(i), FrozenGraph.constant(names.get(i), value));
          }
          return values;
        }
      }
    }
  }
}
