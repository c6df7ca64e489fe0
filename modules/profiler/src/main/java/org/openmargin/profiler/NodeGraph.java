package org.openmargin.profiler;

import java.util.ArrayDeque;
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

/** The nodes of optimised graphs and of their functions, and who reads whom. */
final class NodeGraph {
  /** Operations whose result is what they read. */
  private static final Set<String> PASSES = Set.of("ReadVariableOp", "Cast", "Identity", "_Recv");

  private static final int PASSES_TO_VARIABLE = 3;

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, List<NodeDef>> readers = new HashMap<>();
  private final Set<String> variables = new HashSet<>();

  NodeGraph(Collection<GraphDef> graphs) {
    graphs.stream().flatMap(NodeGraph::nodes).forEach(node -> nodes.put(node.getName(), node));
    for (var node : nodes.values()) {
      inputs(node).forEach(input -> readers(input).add(node));
      if (isVariable(node)) {
        variables.add(variableName(node));
      }
    }
  }

  private static Stream<NodeDef> nodes(GraphDef graph) {
    return Stream.concat(
        graph.getNodeList().stream(),
        graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()));
  }

  /** Names of all variables. */
  Set<String> variables() {
    return variables;
  }

  /** Whose results a node reads. */
  Stream<NodeDef> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .flatMap(input -> producer(input).stream());
  }

  /** Those, and whose end it waits for. */
  Stream<NodeDef> predecessors(NodeDef node) {
    return node.getInputList().stream().flatMap(input -> producer(input).stream());
  }

  private Optional<NodeDef> producer(String input) {
    return Optional.ofNullable(nodes.get(input.replaceFirst("^\\^", "").replaceFirst(":.*", "")));
  }

  /** Who reads a node's results. */
  List<NodeDef> readers(NodeDef node) {
    return readers.computeIfAbsent(node.getName(), name -> new ArrayList<>());
  }

  /** Each node after its predecessors; those of loops, which have no such order, at the end. */
  List<NodeDef> order() {
    var missing = new HashMap<String, Integer>();
    var successors = new HashMap<String, List<NodeDef>>();
    var ready = new ArrayDeque<NodeDef>();
    for (var node : nodes.values()) {
      var before = predecessors(node).toList();
      missing.put(node.getName(), before.size());
      before.forEach(
          b -> successors.computeIfAbsent(b.getName(), k -> new ArrayList<>()).add(node));
      if (before.isEmpty()) {
        ready.add(node);
      }
    }
    var order = new ArrayList<NodeDef>();
    while (!ready.isEmpty()) {
      var node = ready.remove();
      order.add(node);
      for (var next : successors.getOrDefault(node.getName(), List.of())) {
        if (missing.merge(next.getName(), -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    nodes.values().stream().filter(n -> missing.get(n.getName()) > 0).forEach(order::add);
    return order;
  }

  /** The variable that a node is the handle of, or whose value it is, in any element type. */
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
