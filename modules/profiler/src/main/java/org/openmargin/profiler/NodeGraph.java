package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The nodes of optimised graphs and of their functions, and which node reads which. */
final class NodeGraph {
  /** Operations that pass on their input. */
  private static final Set<String> PASSES = Set.of("ReadVariableOp", "Cast", "Identity", "_Recv");

  private static final int PASSES_TO_VARIABLE = 3;

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, List<NodeDef>> readers = new HashMap<>();

  NodeGraph(Collection<GraphDef> graphs) {
    graphs.stream().flatMap(NodeGraph::nodes).forEach(node -> nodes.put(node.getName(), node));
    nodes.values().forEach(node -> inputs(node).forEach(input -> readers(input).add(node)));
  }

  private static Stream<NodeDef> nodes(GraphDef graph) {
    return Stream.concat(
        graph.getNodeList().stream(),
        graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()));
  }

  List<String> variables() {
    return nodes.values().stream()
        .filter(NodeGraph::isVariable)
        .map(NodeGraph::variableName)
        .toList();
  }

  /** Nodes whose results this one reads. */
  Stream<NodeDef> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .flatMap(input -> Stream.ofNullable(nodes.get(input.replaceFirst(":.*", ""))));
  }

  /** Nodes that read this one's results. */
  List<NodeDef> readers(NodeDef node) {
    return readers.computeIfAbsent(node.getName(), name -> new ArrayList<>());
  }

  /** Topological order, as far as loops allow. */
  List<NodeDef> order() {
    var order = new ArrayList<NodeDef>();
    var seen = new HashSet<String>();
    nodes.values().forEach(node -> visit(node, seen, order));
    return order;
  }

  private void visit(NodeDef node, Set<String> seen, List<NodeDef> order) {
    if (seen.add(node.getName())) {
      for (var input : inputs(node).toList()) {
        visit(input, seen, order);
      }
      order.add(node);
    }
  }

  /** The variable whose handle or value (in any element type) a node is. */
  Optional<String> variable(NodeDef node) {
    return variable(node, PASSES_TO_VARIABLE);
  }

  private Optional<String> variable(NodeDef node, int passes) {
    if (isVariable(node)) {
      return Optional.of(variableName(node));
    }
    return passes > 0 && PASSES.contains(node.getOp())
        ? inputs(node).findFirst().flatMap(input -> variable(input, passes - 1))
        : Optional.empty();
  }

  private static boolean isVariable(NodeDef node) {
    return node.getOp().equals("VarHandleOp");
  }

  private static String variableName(NodeDef handle) {
    return handle.getAttrOrThrow("shared_name").getS().toStringUtf8();
  }
}
