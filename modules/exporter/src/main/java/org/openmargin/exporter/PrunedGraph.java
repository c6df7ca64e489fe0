package org.openmargin.exporter;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * A graph cut to what some tensors need. Attributes at their default value are left out, so that
 * older versions of TensorFlow, which do not know the newest attributes, can load it.
 */
public final class PrunedGraph {
  private PrunedGraph() {}

  /**
   * @param roots names of tensors or operations
   */
  public static GraphDef of(GraphDef graph, Collection<String> roots) {
    var byName =
        graph.getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
    var kept = new HashSet<String>();
    var open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      var name = node(open.pop());
      if (kept.add(name)) {
        open.addAll(byName.get(name).getInputList());
      }
    }
    var nodes = graph.getNodeList().stream().filter(node -> kept.contains(node.getName())).toList();
    var pruned = graph.toBuilder().clearNode().addAllNode(nodes);
    return withoutDefaults(pruned.setLibrary(usedFunctions(graph.getLibrary(), nodes)));
  }

  /** A graph cut to what its signatures and a loader need. */
  public static GraphDef of(GraphDef graph, MetaGraphDef meta) {
    var roots = new HashSet<String>();
    for (var signature : meta.getSignatureDefMap().values()) {
      signature.getInputsMap().values().forEach(info -> roots.add(info.getName()));
      signature.getOutputsMap().values().forEach(info -> roots.add(info.getName()));
    }
    meta.getAssetFileDefList().forEach(asset -> roots.add(asset.getTensorInfo().getName()));
    if (meta.hasSaverDef()) {
      roots.add(meta.getSaverDef().getSaveTensorName());
      roots.add(meta.getSaverDef().getRestoreOpName());
    }
    return of(graph, roots);
  }

  /** Name of the node of an input: {@code ^a}, {@code a:0} or {@code a}. */
  private static String node(String input) {
    return input.replaceFirst("^\\^", "").replaceFirst(":.*", "");
  }

  /** The functions that nodes name, and those that these name. */
  private static FunctionDefLibrary usedFunctions(FunctionDefLibrary library, List<NodeDef> nodes) {
    var byName =
        library.getFunctionList().stream()
            .collect(Collectors.toMap(f -> f.getSignature().getName(), f -> f));
    var used = new TreeMap<String, FunctionDef>();
    var open = new ArrayDeque<>(named(nodes));
    while (!open.isEmpty()) {
      var function = byName.get(open.pop());
      if (used.put(function.getSignature().getName(), function) == null) {
        open.addAll(named(function.getNodeDefList()));
      }
    }
    return FunctionDefLibrary.newBuilder().addAllFunction(used.values()).build();
  }

  private static List<String> named(List<NodeDef> nodes) {
    return nodes.stream()
        .flatMap(node -> node.getAttrMap().values().stream())
        .flatMap(
            value ->
                value.hasFunc()
                    ? Stream.of(value.getFunc())
                    : value.getList().getFuncList().stream())
        .map(NameAttrList::getName)
        .toList();
  }

  private static GraphDef withoutDefaults(GraphDef.Builder graph) {
    var ops =
        TensorFlow.registeredOpList().getOpList().stream()
            .collect(Collectors.toMap(OpDef::getName, op -> op));
    graph.getNodeBuilderList().forEach(node -> strip(node, ops));
    graph
        .getLibraryBuilder()
        .getFunctionBuilderList()
        .forEach(f -> f.getNodeDefBuilderList().forEach(node -> strip(node, ops)));
    return graph.build();
  }

  private static void strip(NodeDef.Builder node, Map<String, OpDef> ops) {
    var op = ops.getOrDefault(node.getOp(), OpDef.getDefaultInstance());
    for (var attr : op.getAttrList()) {
      if (attr.hasDefaultValue()
          && attr.getDefaultValue().equals(node.getAttrMap().get(attr.getName()))) {
        node.removeAttr(attr.getName());
      }
    }
  }
}
