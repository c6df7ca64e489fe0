package org.openmargin.serving.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

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
    var uses = new GraphUses(meta);
    var path = GraphUses.node(meta.getSaverDef().getFilenameTensorName());
    var answers = uses.reached(uses.bySignatures());
    for (var node : nodes()) {
      if (!FILES.contains(node.getOp())) {
        continue;
      }
      if (answers.contains(node.getName())) {
        problems.add("an answer depends on " + node.getName() + ", a " + node.getOp());
      }
      if (node.getOp().endsWith("V2") && !GraphUses.node(node.getInput(0)).equals(path)) {
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
    var uses = new GraphUses(meta);
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

  private List<NodeDef> nodes() {
    return meta.getGraphDef().getNodeList();
  }

  private List<FunctionDef> functions() {
    return meta.getGraphDef().getLibrary().getFunctionList();
  }
}
