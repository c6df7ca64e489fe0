package org.openmargin.serving.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;

/**
 * What a graph could do if it were loaded: only operations of a list, and nothing that no signature
 * needs.
 */
record OperationCheck(MetaGraphDef meta, GraphUses uses) {
  private static final Set<String> FED = Set.of("Placeholder", "PlaceholderWithDefault");
  private static final Set<String> ALLOWED = allowed();

  List<Finding> check() {
    return List.of(operations(), names(), needed(), signatures());
  }

  private static Set<String> allowed() {
    try (var in = OperationCheck.class.getResourceAsStream("operations.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Stream.of(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Finding operations() {
    var problems = new TreeSet<String>();
    nodes().stream()
        .filter(node -> !ALLOWED.contains(node.getOp()))
        .forEach(node -> problems.add(described("operation", node)));
    for (var function : functions()) {
      function.getNodeDefList().stream()
          .filter(node -> !ALLOWED.contains(node.getOp()) && !isFunction(node.getOp()))
          .forEach(node -> problems.add(inside(function, node)));
    }
    return Finding.of("operations are of the allowed kinds", List.copyOf(problems));
  }

  private static String described(String what, NodeDef node) {
    return "%s %s is of the kind %s, which is not allowed"
        .formatted(what, node.getName(), node.getOp());
  }

  private static String inside(FunctionDef function, NodeDef node) {
    return described(
        "in function %s, operation".formatted(function.getSignature().getName()), node);
  }

  private boolean isFunction(String op) {
    return functions().stream().anyMatch(f -> f.getSignature().getName().equals(op));
  }

  /** A name stands for one thing, and no operation is sent to another machine. */
  private Finding names() {
    var problems = new TreeSet<String>();
    var seen = new HashSet<String>();
    for (var node : nodes()) {
      if (!seen.add(node.getName())) {
        problems.add("two operations are called " + node.getName());
      }
      if (!node.getDevice().isEmpty()) {
        problems.add("%s runs on %s only".formatted(node.getName(), node.getDevice()));
      }
    }
    for (var function : functions()) {
      var name = function.getSignature().getName();
      if (!seen.add("function " + name) || ALLOWED.contains(name)) {
        problems.add("function %s is called as another or as an operation".formatted(name));
      }
      function.getNodeDefList().stream()
          .filter(node -> !node.getDevice().isEmpty())
          .forEach(
              node ->
                  problems.add("%s runs on %s only".formatted(node.getName(), node.getDevice())));
    }
    var gradients = meta.getGraphDef().getLibrary().getGradientList();
    gradients.forEach(
        g -> problems.add("function %s has a gradient".formatted(g.getFunctionName())));
    return Finding.of("names are different, and no device is asked for", List.copyOf(problems));
  }

  private Finding needed() {
    var roots = new HashSet<>(uses.bySignatures());
    roots.addAll(uses.byLoader());
    var reached = uses.reached(roots);
    var problems = new ArrayList<String>();
    nodes().stream()
        .filter(node -> !reached.contains(node.getName()))
        .forEach(node -> problems.add("no signature needs " + node.getName()));
    var called =
        uses.called(nodes().stream().filter(node -> reached.contains(node.getName())).toList());
    functions().stream()
        .map(f -> f.getSignature().getName())
        .filter(name -> !called.contains(name))
        .forEach(name -> problems.add("no signature needs function " + name));
    return Finding.of("every operation and function is needed", problems);
  }

  private Finding signatures() {
    var known =
        Stream.of(ModelContract.SIGNATURES, ModelContract.OPTIONAL_SIGNATURES)
            .flatMap(List::stream)
            .map(ModelContract.Signature::name)
            .collect(Collectors.toSet());
    var problems = new TreeSet<String>();
    meta.getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              if (!known.contains(name)) {
                problems.add("signature " + name + " is not in the contract");
              }
              if (signature.getDefaultsCount() > 0) {
                problems.add(
                    "signature %s fills in what a client leaves out: %s"
                        .formatted(name, new TreeSet<>(signature.getDefaultsMap().keySet())));
              }
              problems.addAll(inputs(name, signature));
            });
    return Finding.of("no signatures but the contract's", List.copyOf(problems));
  }

  /** Clients feed what is there to be fed. */
  private List<String> inputs(String signature, SignatureDef definition) {
    return definition.getInputsMap().entrySet().stream()
        .filter(
            input ->
                uses.find(GraphUses.node(input.getValue().getName()))
                    .filter(node -> FED.contains(node.getOp()))
                    .filter(node -> node.getName().equals(input.getKey()))
                    .isEmpty())
        .map(
            input ->
                "signature %s: clients feed %s as %s"
                    .formatted(signature, input.getKey(), input.getValue().getName()))
        .toList();
  }

  private List<NodeDef> nodes() {
    return meta.getGraphDef().getNodeList();
  }

  private List<FunctionDef> functions() {
    return meta.getGraphDef().getLibrary().getFunctionList();
  }
}
