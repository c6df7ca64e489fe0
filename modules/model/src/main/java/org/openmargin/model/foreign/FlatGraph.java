package org.openmargin.model.foreign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * A graph whose calls of functions are replaced by the functions' nodes, so that every use of a
 * variable is in plain sight. Loops and branches keep their functions.
 *
 * @param nodes by name; their inputs are {@code node:output} or {@code ^node}
 * @param renamed output of a call to the tensor inside that it is
 */
record FlatGraph(Map<String, NodeDef> nodes, Map<String, String> renamed) {
  private static final int DEEPEST = 64;
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  /**
   * @throws IllegalArgumentException for functions that call themselves, or take lists
   */
  static FlatGraph of(GraphDef graph, Operations operations) {
    var functions =
        graph.getLibrary().getFunctionList().stream()
            .collect(Collectors.toMap(f -> f.getSignature().getName(), f -> f));
    var flattening = new Flattening(operations, functions, new LinkedHashMap<>(), new HashMap<>());
    for (var node : graph.getNodeList()) {
      var inputs = node.getInputList().stream().map(FlatGraph::numbered).toList();
      flattening.add(with(node, node.getName(), inputs), 0);
    }
    return new FlatGraph(flattening.resolved(), Map.copyOf(flattening.renamed()));
  }

  private static String numbered(String input) {
    return input.startsWith("^") || input.contains(":") ? input : input + ":0";
  }

  private static NodeDef with(NodeDef node, String name, List<String> inputs) {
    return node.toBuilder().setName(name).clearInput().addAllInput(inputs).build();
  }

  /**
   * @param renamed output of a call to the tensor inside that it is
   */
  private record Flattening(
      Operations operations,
      Map<String, FunctionDef> functions,
      Map<String, NodeDef> nodes,
      Map<String, String> renamed) {

    /**
     * @param node with numbered inputs
     * @param depth of calls around it
     */
    void add(NodeDef node, int depth) {
      var called =
          CALLS.contains(node.getOp())
              ? node.getAttrOrThrow("f").getFunc().getName()
              : node.getOp();
      var function = functions.get(called);
      if (function == null) {
        nodes.put(node.getName(), node);
      } else if (depth > DEEPEST) {
        throw new IllegalArgumentException("its function " + called + " calls itself");
      } else {
        addBody(node, function, depth);
      }
    }

    private void addBody(NodeDef call, FunctionDef function, int depth) {
      var arguments = arguments(call, function);
      var inside =
          function.getNodeDefList().stream().collect(Collectors.toMap(NodeDef::getName, n -> n));
      var scope = new Scope(call.getName() + "/", arguments, inside);
      for (var node : function.getNodeDefList()) {
        if (node.getAttrMap().values().stream().anyMatch(FlatGraph::isOpen)) {
          throw new IllegalArgumentException(
              "its function %s has attributes that depend on the call"
                  .formatted(function.getSignature().getName()));
        }
        var inputs = node.getInputList().stream().map(i -> tensor(scope, i)).toList();
        add(with(node, scope.prefix + node.getName(), inputs), depth + 1);
      }
      var index = 0;
      for (var output : function.getSignature().getOutputArgList()) {
        var inner = tensor(scope, function.getRetOrThrow(output.getName()));
        renamed.put(call.getName() + ":" + index++, inner);
      }
      nodes.put(call.getName(), standIn(call, function, scope.prefix));
    }

    /** For those that wait for the call: it waits for what runs for its effect. */
    private static NodeDef standIn(NodeDef call, FunctionDef function, String prefix) {
      var awaited = new ArrayList<String>();
      function.getControlRetMap().values().forEach(node -> awaited.add("^" + prefix + node));
      call.getInputList().stream().filter(i -> i.startsWith("^")).forEach(awaited::add);
      return NodeDef.newBuilder()
          .setName(call.getName())
          .setOp("NoOp")
          .addAllInput(awaited)
          .build();
    }

    private static Map<String, String> arguments(NodeDef call, FunctionDef function) {
      var given = Operations.data(call);
      var taken = function.getSignature().getInputArgList();
      if (given.size() != taken.size() || taken.stream().anyMatch(Operations::isList)) {
        throw new IllegalArgumentException(
            "its function %s takes lists of tensors".formatted(function.getSignature().getName()));
      }
      var arguments = new HashMap<String, String>();
      for (var i = 0; i < taken.size(); i++) {
        arguments.put(taken.get(i).getName(), given.get(i));
      }
      return arguments;
    }

    /**
     * From the notation inside functions: {@code argument}, {@code node:output:0} or {@code ^node}.
     */
    private String tensor(Scope scope, String input) {
      if (input.startsWith("^")) {
        var name = input.substring(1);
        var argument = scope.arguments.get(name);
        return argument == null ? "^" + scope.prefix + name : "^" + node(argument);
      }
      var parts = input.split(":", -1);
      if (scope.arguments.containsKey(parts[0])) {
        return scope.arguments.get(parts[0]);
      }
      var node = scope.inside.get(parts[0]);
      var index = Integer.parseInt(parts[2]);
      return scope.prefix + parts[0] + ":" + (offset(node, parts[1]) + index);
    }

    private int offset(NodeDef node, String output) {
      var function = functions.get(node.getOp());
      if (function == null) {
        return operations.offset(node, output);
      }
      var names =
          function.getSignature().getOutputArgList().stream().map(OpDef.ArgDef::getName).toList();
      return names.indexOf(output);
    }

    Map<String, NodeDef> resolved() {
      var resolved = new LinkedHashMap<String, NodeDef>();
      nodes.forEach(
          (name, node) ->
              resolved.put(
                  name, with(node, name, node.getInputList().stream().map(this::source).toList())));
      return resolved;
    }

    private String source(String tensor) {
      return followed(renamed, tensor);
    }
  }

  private static String followed(Map<String, String> renamed, String tensor) {
    var source = tensor;
    while (renamed.containsKey(source)) {
      source = renamed.get(source);
    }
    return source;
  }

  /** The tensor that a tensor of the original graph is, {@code node:output}. */
  String tensor(String name) {
    return followed(renamed, numbered(name));
  }

  /**
   * @param prefix of names inside
   * @param arguments tensors by name
   * @param inside nodes by their name in the function
   */
  private record Scope(String prefix, Map<String, String> arguments, Map<String, NodeDef> inside) {}

  private static boolean isOpen(AttrValue value) {
    return value.getValueCase() == AttrValue.ValueCase.PLACEHOLDER;
  }

  /** Name of the node of {@code node:output}, {@code ^node} or {@code node}. */
  static String node(String input) {
    var name = input.startsWith("^") ? input.substring(1) : input;
    var colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
