package org.openmargin.model.foreign;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * @param values of the variables, by the name of their node
 */
record Freezing(FlatGraph graph, Values values) {
  private static final Set<String> SAME = Set.of("Identity", "IdentityN");

  /** Tells a variable's value. */
  interface Values {
    AttrValue of(NodeDef variable);
  }

  /**
   * The nodes that a tensor needs, by name.
   *
   * @throws IllegalArgumentException if answering changes a variable
   */
  Map<String, NodeDef> nodes(String input, String output) {
    var frozen = new LinkedHashMap<String, NodeDef>();
    var data = reached(input, output, false);
    for (var name : reached(input, output, true)) {
      requireNoEffect(graph.nodes().get(name));
    }
    for (var name : data) {
      var node = graph.nodes().get(name);
      switch (node.getOp()) {
        case "ReadVariableOp" -> frozen.put(name, read(node));
        case "ResourceGather" -> addLookup(node, variable(node.getInput(0)), frozen);
        case "VariableV2", "Variable" -> frozen.put(name, constant(name, node, values.of(node)));
        default -> frozen.put(name, node);
      }
    }
    return frozen;
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

  private NodeDef read(NodeDef node) {
    var variable = variable(node.getInput(0));
    return variable.getOp().equals("VarHandleOp")
        ? constant(node.getName(), variable, values.of(variable))
        : node;
  }

  private void addLookup(NodeDef node, NodeDef variable, Map<String, NodeDef> frozen) {
    if (!variable.getOp().equals("VarHandleOp")) {
      frozen.put(node.getName(), node);
      return;
    }
    var table = node.getName() + "/table";
    var axis = node.getName() + "/axis";
    frozen.put(table, constant(table, variable, values.of(variable)));
    frozen.put(axis, zero(axis));
    var lookup =
        NodeDef.newBuilder()
            .setName(node.getName())
            .setOp("GatherV2")
            .addInput(table + ":0")
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

  /** The node that made a handle. */
  private NodeDef variable(String handle) {
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
