package org.openmargin.model.foreign;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/** The functions that nodes name, and those that these name. */
final class UsedFunctions {
  private UsedFunctions() {}

  static FunctionDefLibrary of(FunctionDefLibrary library, Collection<NodeDef> nodes) {
    var all =
        library.getFunctionList().stream()
            .collect(Collectors.toMap(f -> f.getSignature().getName(), f -> f));
    var open = new ArrayDeque<>(named(nodes, all.keySet()));
    var used = new LinkedHashSet<String>();
    while (!open.isEmpty()) {
      var name = open.pop();
      if (used.add(name)) {
        open.addAll(named(all.get(name).getNodeDefList(), all.keySet()));
      }
    }
    var functions = used.stream().map(all::get).toList();
    return FunctionDefLibrary.newBuilder().addAllFunction(functions).build();
  }

  private static Set<String> named(Collection<NodeDef> nodes, Set<String> functions) {
    return nodes.stream()
        .flatMap(node -> Stream.concat(Stream.of(node.getOp()), inAttributes(node)))
        .filter(functions::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Stream<String> inAttributes(NodeDef node) {
    return node.getAttrMap().values().stream()
        .flatMap(
            value ->
                value.hasFunc()
                    ? Stream.of(value.getFunc().getName())
                    : value.getList().getFuncList().stream().map(f -> f.getName()));
  }
}
