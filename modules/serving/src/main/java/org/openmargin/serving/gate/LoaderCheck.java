package org.openmargin.serving.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * What a loader runs by itself: it sets every variable to the value of its own name in the file
 * beside the graph, and does nothing else.
 */
record LoaderCheck(MetaGraphDef meta, GraphUses uses) {
  private static final Set<String> FILES =
      Set.of("SaveV2", "RestoreV2", "MergeV2Checkpoints", "ShardedFilename", "AssignVariableOp");
  private static final Set<String> WRITING = Set.of("SaveV2", "MergeV2Checkpoints");
  private static final Set<String> COLLECTIONS =
      Set.of("variables", "trainable_variables", "saved_model_assets");

  List<Finding> check() {
    return List.of(files(), variables(), atLoading());
  }

  /** Files are read and written in one place, whose path the loader gives. */
  private Finding files() {
    var problems = new ArrayList<String>();
    var path = GraphUses.node(meta.getSaverDef().getFilenameTensorName());
    var answers = uses.reached(uses.bySignatures());
    for (var node : uses.nodes()) {
      if (!FILES.contains(node.getOp())) {
        continue;
      }
      if (answers.contains(node.getName())) {
        problems.add("an answer depends on " + node.getName() + ", a " + node.getOp());
      }
      if (node.getOp().endsWith("V2") && !input(node, 0).equals(path)) {
        problems.add(node.getName() + " uses a path that is not the loader's");
      }
    }
    uses.nodes().stream()
        .filter(node -> node.getName().equals(path) && !node.getOp().equals("Placeholder"))
        .forEach(node -> problems.add("the path of the variables is fixed"));
    for (var function : meta.getGraphDef().getLibrary().getFunctionList()) {
      function.getNodeDefList().stream()
          .filter(node -> FILES.contains(node.getOp()))
          .forEach(node -> problems.add(inside(function, node)));
    }
    return Finding.of("files are touched by the loader only", problems);
  }

  private static String inside(FunctionDef function, NodeDef node) {
    return "in function %s, operation %s is of the kind %s, which is not allowed"
        .formatted(function.getSignature().getName(), node.getName(), node.getOp());
  }

  private Finding variables() {
    var problems = new TreeSet<String>();
    var loaded = uses.reached(Set.of(meta.getSaverDef().getRestoreOpName()));
    var restored = new HashSet<String>();
    for (var node : uses.nodes()) {
      if (loaded.contains(node.getName()) && WRITING.contains(node.getOp())) {
        problems.add("loading runs %s, a %s".formatted(node.getName(), node.getOp()));
      }
      if (loaded.contains(node.getName()) && node.getOp().equals("AssignVariableOp")) {
        var name = uses.find(input(node, 0)).map(VariableCheck::name).orElse("of nothing");
        var value = value(node);
        if (!restored.add(name) || !value.equals(name)) {
          problems.add(
              "the loader sets the variable %s to %s"
                  .formatted(
                      name, value.isEmpty() ? "what is not in the file" : "the value " + value));
        }
      }
    }
    uses.nodes().stream()
        .filter(node -> node.getOp().equals("VarHandleOp"))
        .map(VariableCheck::name)
        .filter(name -> !restored.contains(name))
        .forEach(name -> problems.add("the loader leaves out the variable " + name));
    return Finding.of(
        "the loader restores %d variables, each by its name".formatted(restored.size()),
        List.copyOf(problems));
  }

  /** Under which name a value is read whole from the file; empty if it comes from elsewhere. */
  private String value(NodeDef assign) {
    var read = uses.find(input(assign, 1)).filter(node -> node.getOp().equals("RestoreV2"));
    var names = read.map(node -> strings(input(node, 1))).orElse(List.of());
    var parts = read.map(node -> strings(input(node, 2))).orElse(List.of());
    return names.size() == 1 && parts.equals(List.of("")) ? names.get(0) : "";
  }

  private List<String> strings(String constant) {
    return uses.find(constant)
        .map(node -> node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor())
        .map(tensor -> tensor.getStringValList().stream().map(text -> text.toStringUtf8()).toList())
        .orElse(List.of());
  }

  private static String input(NodeDef node, int index) {
    return index < node.getInputCount() ? GraphUses.node(node.getInput(index)) : "";
  }

  /** What a loader runs or reads by itself, beside the variables. */
  private Finding atLoading() {
    var problems = new ArrayList<String>();
    meta.getCollectionDefMap().keySet().stream()
        .filter(name -> !COLLECTIONS.contains(name))
        .sorted()
        .forEach(name -> problems.add("collection " + name + " is none of an export"));
    meta.getAssetFileDefList().stream()
        .filter(asset -> !asset.getFilename().equals(ModelContract.LABELS_FILE))
        .forEach(asset -> problems.add("asset %s is none".formatted(asset.getFilename())));
    if (meta.hasObjectGraphDef()) {
      problems.add(
          "the object graph, which some loaders prefer to the signatures, is none of an export");
    }
    return Finding.of("nothing runs at loading", problems);
  }
}
