package org.openmargin.model.foreign;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Replaces what reads variables by constants: reads of resource variables, lookups in them, and
 * variables of TensorFlow 1.
 *
 * @param graph flat
 */
record Freezing(FlatGraph graph) {
  private static final Set<String> SAME = Set.of("Identity", "IdentityN");

  /** Tells the values of variables, by the name of their node. */
  interface Values {
    Map<String, AttrValue> of(Collection<NodeDef> variables);
  }

  /**
   * The nodes that a tensor needs, by name.
   *
   * @throws IllegalArgumentException if answering changes a variable
   */
  Map<String, NodeDef> nodes(String input, String output, Values values) {
    for (var name : reached(input, output, true)) {
      requireNoEffect(graph.nodes().get(name));
    }
    var needed = reached(input, output, false).stream().map(graph.nodes()::get).toList();
    var variables = new LinkedHashMap<String, NodeDef>();
    needed.stream()
        .flatMap(node -> variable(node).stream())
        .forEach(variable -> variables.put(variable.getName(), variable));
    var read = values.of(variables.values());
    var frozen = new LinkedHashMap<String, NodeDef>();
    for (var node : needed) {
      variable(node)
          .ifPresentOrElse(
              variable -> freeze(node, variable, read.get(variable.getName()), frozen),
              () -> frozen.put(node.getName(), node));
    }
    return frozen;
  }

  private static void freeze(
      NodeDef node, NodeDef variable, AttrValue value, Map<String, NodeDef> frozen) {
    if (node.getOp().equals("ResourceGather")) {
      addLookup(node, constant(node.getName() + "/table", variable, value), frozen);
    } else {
      frozen.put(node.getName(), constant(node.getName(), variable, value));
    }
  }

  private Set<String> reached(String input, String output, boolean control) {
    var reached = new HashSet<String>();
    var open = new ArrayDeque<String>();
    open.push(output);
    while (!open.isEmpty()) {
      var tensor = open.pop();
      var name = FlatGraph.node(tensor);
      if (!tensor.equals(input) && graph.nodes().containsKey(name) && reached.add(name)) {
        var node = graph.nodes().get(name);
        open.addAll(control ? node.getInputList() : Operations.data(node));
      }
    }
    return reached;
  }

  private static void requireNoEffect(NodeDef node) {
    var op = node.getOp();
    if (op.startsWith("Assign")
        || op.startsWith("ResourceApply")
        || op.startsWith("ResourceScatter")) {
      throw new IllegalArgumentException(
          "its operation %s (%s) changes a variable while it answers"
              .formatted(node.getName(), op));
    }
  }

  private static void addLookup(NodeDef node, NodeDef table, Map<String, NodeDef> frozen) {
    var axis = node.getName() + "/axis";
    frozen.put(table.getName(), table);
    frozen.put(axis, zero(axis));
    var lookup =
        NodeDef.newBuilder()
            .setName(node.getName())
            .setOp("GatherV2")
            .addInput(table.getName() + ":0")
            .addInput(node.getInput(1))
            .addInput(axis + ":0")
            .putAttr("Tparams", node.getAttrOrThrow("dtype"))
            .putAttr("Tindices", node.getAttrOrThrow("Tindices"))
            .putAttr("Taxis", type(DataType.DT_INT32));
    if (node.containsAttr("batch_dims")) {
      lookup.putAttr("batch_dims", node.getAttrOrThrow("batch_dims"));
    }
    frozen.put(node.getName(), lookup.build());
  }

  /** The variable that a node reads, if it does. */
  private Optional<NodeDef> variable(NodeDef node) {
    return switch (node.getOp()) {
      case "ReadVariableOp", "ResourceGather" ->
          Optional.of(made(node.getInput(0))).filter(made -> made.getOp().equals("VarHandleOp"));
      case "VariableV2", "Variable" -> Optional.of(node);
      default -> Optional.empty();
    };
  }

  /** The node that made a handle. */
  private NodeDef made(String handle) {
    var tensor = handle;
    var node = graph.nodes().get(FlatGraph.node(tensor));
    while (SAME.contains(node.getOp())) {
      var index = Integer.parseInt(tensor.substring(tensor.lastIndexOf(':') + 1));
      tensor = node.getInput(index);
      node = graph.nodes().get(FlatGraph.node(tensor));
    }
    return node;
  }

  private static NodeDef constant(String name, NodeDef variable, AttrValue value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", variable.getAttrOrThrow("dtype"))
        .putAttr("value", value)
        .build();
  }

  private static NodeDef zero(String name) {
    var scalar =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addIntVal(0);
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(DataType.DT_INT32))
        .putAttr("value", AttrValue.newBuilder().setTensor(scalar).build())
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
