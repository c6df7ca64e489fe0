package org.openmargin.exporter.frozen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The nodes of a graph, by name, and who reads whom.
 *
 * @param readers names of the nodes that read an output of a node
 */
record GraphNodes(Map<String, NodeDef> byName, Map<String, List<String>> readers) {

  static GraphNodes of(GraphDef graph) {
    var byName = new LinkedHashMap<String, NodeDef>();
    var readers = new HashMap<String, List<String>>();
    for (var node : graph.getNodeList()) {
      byName.put(node.getName(), node);
      for (var input : node.getInputList()) {
        readers.computeIfAbsent(producer(input), name -> new ArrayList<>()).add(node.getName());
      }
    }
    return new GraphNodes(byName, readers);
  }

  /** Name of the node of an input: {@code ^a}, {@code a:0} or {@code a}. */
  static String producer(String input) {
    return input.replaceFirst("^\\^", "").replaceFirst(":.*", "");
  }

  /** The node whose first output is an input of another. */
  Optional<NodeDef> first(NodeDef node, int input) {
    var name = node.getInput(input);
    return (name.contains(":") && !name.endsWith(":0")) || name.startsWith("^")
        ? Optional.empty()
        : Optional.ofNullable(byName.get(producer(name)));
  }

  /** The same, if it is of that kind. */
  Optional<NodeDef> first(NodeDef node, int input, String op) {
    return first(node, input).filter(found -> found.getOp().equals(op));
  }

  /** Whether inputs of a node are constants. */
  boolean constants(NodeDef node, int from, int to) {
    return IntStream.range(from, to).allMatch(input -> first(node, input, "Const").isPresent());
  }

  /** The value of an input that is a constant. */
  TensorProto value(NodeDef node, int input) {
    return first(node, input).orElseThrow().getAttrOrThrow("value").getTensor();
  }

  List<NodeDef> readersOf(NodeDef node) {
    return readers.getOrDefault(node.getName(), List.of()).stream().map(byName::get).toList();
  }
}
