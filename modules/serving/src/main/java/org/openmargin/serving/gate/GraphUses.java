package org.openmargin.serving.gate;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;

/** What depends on what in a graph. */
record GraphUses(MetaGraphDef meta, Map<String, NodeDef> byName) {

  static GraphUses of(MetaGraphDef meta) {
    var byName =
        meta.getGraphDef().getNodeList().stream()
            .collect(Collectors.toMap(NodeDef::getName, node -> node, (a, b) -> a));
    return new GraphUses(meta, Map.copyOf(byName));
  }

  List<NodeDef> nodes() {
    return meta.getGraphDef().getNodeList();
  }

  /** The operation of a name. */
  Optional<NodeDef> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Tensors that clients feed or fetch. */
  Set<String> bySignatures() {
    return meta.getSignatureDefMap().values().stream()
        .flatMap(s -> Stream.of(s.getInputsMap(), s.getOutputsMap()))
        .flatMap(tensors -> tensors.values().stream())
        .map(TensorInfo::getName)
        .collect(Collectors.toSet());
  }

  /** Tensors and operations that a loader uses. */
  Set<String> byLoader() {
    var saver = meta.getSaverDef();
    var names = new HashSet<String>();
    names.add(saver.getFilenameTensorName());
    names.add(saver.getSaveTensorName());
    names.add(saver.getRestoreOpName());
    meta.getAssetFileDefList().forEach(asset -> names.add(asset.getTensorInfo().getName()));
    return names;
  }

  /** The operations that some tensors need, by name. */
  Set<String> reached(Collection<String> roots) {
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

  /** The functions that some operations call, directly or not, by name. */
  Set<String> called(List<NodeDef> callers) {
    var byName =
        meta.getGraphDef().getLibrary().getFunctionList().stream()
            .collect(Collectors.toMap(GraphUses::name, function -> function, (a, b) -> a));
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

  private static String name(FunctionDef function) {
    return function.getSignature().getName();
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

  /** Name of the node of {@code ^a}, {@code a:0} or {@code a}. */
  static String node(String tensor) {
    return tensor.replaceFirst("^\\^", "").replaceFirst(":.*", "");
  }
}
