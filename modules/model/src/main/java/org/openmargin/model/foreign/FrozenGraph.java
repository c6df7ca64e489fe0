package org.openmargin.model.foreign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A function of one tensor: the nodes between two tensors of a graph, without variables.
 *
 * @param nodes each after those that it takes from
 * @param functions of loops and branches
 * @param input tensor that is replaced
 * @param output tensor that is wanted
 */
record FrozenGraph(
    Operations operations,
    List<NodeDef> nodes,
    FunctionDefLibrary functions,
    String input,
    String output) {

  /**
   * What of a graph lies between two tensors.
   *
   * @param graph without variables
   * @throws IllegalArgumentException if that needs other inputs, or has an effect
   */
  static FrozenGraph between(
      Map<String, NodeDef> graph,
      FunctionDefLibrary library,
      Operations operations,
      String input,
      String output) {
    var order = ordered(graph, input, output);
    var nodes = order.stream().map(graph::get).toList();
    var functions = UsedFunctions.of(library, nodes);
    var checks = new Checks(operations, functions);
    nodes.forEach(checks::require);
    if (!order.isEmpty() && !reaches(nodes, input)) {
      throw new IllegalArgumentException("its output does not depend on its input");
    }
    return new FrozenGraph(operations, nodes, functions, input, output);
  }

  private static boolean reaches(List<NodeDef> nodes, String input) {
    return nodes.stream().anyMatch(node -> node.getInputList().contains(input));
  }

  /** Names of the nodes, each after those that it takes from; of a loop, in any order. */
  private static List<String> ordered(Map<String, NodeDef> graph, String input, String output) {
    var order = new ArrayList<String>();
    var begun = new HashSet<String>();
    var done = new HashSet<>(Set.of(FlatGraph.node(input)));
    var open = new ArrayDeque<String>();
    open.push(FlatGraph.node(output));
    while (!open.isEmpty()) {
      var name = open.peek();
      if (done.contains(name)) {
        open.pop();
      } else if (begun.add(name)) {
        for (var tensor : Operations.data(node(graph, name))) {
          var before = FlatGraph.node(tensor);
          if (!done.contains(before)) {
            open.push(before);
          }
        }
      } else {
        order.add(open.pop());
        done.add(name);
      }
    }
    return order;
  }

  private static NodeDef node(Map<String, NodeDef> graph, String name) {
    var node = graph.get(name);
    if (node == null) {
      throw new IllegalArgumentException("its graph has no node " + name);
    }
    return node;
  }

  /** Adds the nodes to a graph, below the scope of {@code tf}. */
  Output<?> of(Ops tf, Output<?> images) {
    var scope = tf.scope();
    if (functions.getFunctionCount() > 0) {
      ((Graph) scope.env()).importGraphDef(GraphDef.newBuilder().setLibrary(functions).build());
    }
    var made = new HashMap<String, Operation>();
    for (var node : nodes) {
      made.put(node.getName(), added(scope, node, made, images));
    }
    return tensor(output, made, images);
  }

  private Operation added(
      Scope scope, NodeDef node, Map<String, Operation> made, Output<?> images) {
    // Scopes add the slashes of names.
    var builder = scope.opBuilder(node.getOp(), node.getName().replace('/', '.').replace(':', '.'));
    var inputs = Operations.data(node).stream().map(name -> tensor(name, made, images)).toList();
    var next = 0;
    for (var arg : operations.of(node).getInputArgList()) {
      var count = operations.count(node, arg);
      if (Operations.isList(arg)) {
        builder.addInputList(inputs.subList(next, next + count).toArray(Output<?>[]::new));
      } else {
        builder.addInput(inputs.get(next));
      }
      next += count;
    }
    decisive(node).forEach(builder::setAttr);
    return builder.build();
  }

  /** Without notes of the runtime, such as where a node was placed. */
  private static Map<String, AttrValue> decisive(NodeDef node) {
    var decisive = new LinkedHashMap<String, AttrValue>();
    node.getAttrMap()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("_")) {
                decisive.put(name, value);
              }
            });
    return decisive;
  }

  private Output<?> tensor(String name, Map<String, Operation> made, Output<?> images) {
    if (name.equals(input)) {
      return images;
    }
    var index = Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
    return made.get(FlatGraph.node(name)).output(index);
  }
}
