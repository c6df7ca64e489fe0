package org.openmargin.serving.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What a graph could do if it were loaded: only operations of a list, those that touch files only
 * where a loader restores the variables, and nothing that no signature needs.
 */
record OperationCheck(MetaGraphDef meta) {
  private static final Set<String> FILES =
      Set.of("SaveV2", "RestoreV2", "MergeV2Checkpoints", "ShardedFilename", "AssignVariableOp");
  private static final Set<String> COLLECTIONS =
      Set.of("variables", "trainable_variables", "saved_model_assets");
  private static final Set<String> ALLOWED = allowed();

  List<Finding> check() {
    return List.of(operations(), files(), needed(), signatures(), atLoading());
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

  /** Files are read and written in one place, whose path the loader gives. */
  private Finding files() {
    var problems = new ArrayList<String>();
    var path = node(meta.getSaverDef().getFilenameTensorName());
    var answers = reached(roots(meta.getSignatureDefMap().values()));
    for (var node : nodes()) {
      if (!FILES.contains(node.getOp())) {
        continue;
      }
      if (answers.contains(node.getName())) {
        problems.add("an answer depends on " + node.getName() + ", a " + node.getOp());
      }
      if (node.getOp().endsWith("V2") && !node(node.getInput(0)).equals(path)) {
        problems.add(node.getName() + " uses a path that is not the loader's");
      }
    }
    nodes().stream()
        .filter(node -> node.getName().equals(path) && !node.getOp().equals("Placeholder"))
        .forEach(node -> problems.add("the path of the variables is fixed"));
    for (var function : functions()) {
      function.getNodeDefList().stream()
          .filter(node -> FILES.contains(node.getOp()))
          .forEach(node -> problems.add(inside(function, node)));
    }
    return Finding.of("files are touched by the loader only", problems);
  }

  private Finding needed() {
    var roots = new HashSet<>(roots(meta.getSignatureDefMap().values()));
    var saver = meta.getSaverDef();
    roots.add(saver.getFilenameTensorName());
    roots.add(saver.getSaveTensorName());
    roots.add(saver.getRestoreOpName());
    meta.getAssetFileDefList().forEach(asset -> roots.add(asset.getTensorInfo().getName()));
    var reached = reached(roots);
    var problems = new ArrayList<String>();
    nodes().stream()
        .filter(node -> !reached.contains(node.getName()))
        .forEach(node -> problems.add("no signature needs " + node.getName()));
    var called = called(nodes().stream().filter(node -> reached.contains(node.getName())).toList());
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
    return Finding.of(
        "no signatures but the contract's",
        meta.getSignatureDefMap().keySet().stream()
            .filter(Predicate.not(known::contains))
            .sorted()
            .map(name -> "signature " + name + " is not in the contract")
            .toList());
  }

  /** What a loader runs or reads by itself. */
  private Finding atLoading() {
    var problems = new ArrayList<String>();
    meta.getCollectionDefMap().keySet().stream()
        .filter(name -> !COLLECTIONS.contains(name))
        .sorted()
        .forEach(name -> problems.add("collection " + name + " is none of an export"));
    meta.getAssetFileDefList().stream()
        .filter(asset -> !asset.getFilename().equals(ModelContract.LABELS_FILE))
        .forEach(asset -> problems.add("asset %s is none".formatted(asset.getFilename())));
    return Finding.of("nothing runs at loading", problems);
  }

  private static Set<String> roots(Collection<SignatureDef> signatures) {
    return signatures.stream()
        .flatMap(s -> Stream.of(s.getInputsMap(), s.getOutputsMap()))
        .flatMap(tensors -> tensors.values().stream())
        .map(TensorInfo::getName)
        .collect(Collectors.toSet());
  }

  private Set<String> reached(Collection<String> roots) {
    var byName = nodes().stream().collect(Collectors.toMap(NodeDef::getName, n -> n, (a, b) -> a));
    var reached = new HashSet<String>();
    var open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      var name = node(open.pop());
      if (byName.containsKey(name) && reached.add(name)) {
        open.addAll(byName.get(name).getInputList());
      }
    }
    return reached;
  }

  private Set<String> called(List<NodeDef> callers) {
    Map<String, FunctionDef> byName =
        functions().stream().collect(Collectors.toMap(f -> f.getSignature().getName(), f -> f));
    var called = new HashSet<String>();
    var open = new ArrayDeque<>(names(callers));
    while (!open.isEmpty()) {
      var name = open.pop();
      if (byName.containsKey(name) && called.add(name)) {
        open.addAll(names(byName.get(name).getNodeDefList()));
      }
    }
    return called;
  }

  private static List<String> names(List<NodeDef> nodes) {
    return nodes.stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(node.getOp()),
                    node.getAttrMap().values().stream()
                        .filter(AttrValue::hasFunc)
                        .map(attr -> attr.getFunc().getName())))
        .toList();
  }

  private List<NodeDef> nodes() {
    return meta.getGraphDef().getNodeList();
  }

  private List<FunctionDef> functions() {
    return meta.getGraphDef().getLibrary().getFunctionList();
  }

  /** Name of the node of {@code ^a}, {@code a:0} or {@code a}. */
  private static String node(String tensor) {
    return tensor.replaceFirst("^\\^", "").replaceFirst(":.*", "");
  }
}
