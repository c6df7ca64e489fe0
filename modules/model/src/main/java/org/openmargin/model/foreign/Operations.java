package org.openmargin.model.foreign;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** The operations that TensorFlow has, and how many tensors their nodes take and give. */
record Operations(Map<String, OpDef> byName) {

  static Operations registered() {
    return new Operations(
        TensorFlow.registeredOpList().getOpList().stream()
            .collect(Collectors.toUnmodifiableMap(OpDef::getName, op -> op)));
  }

  /**
   * @throws IllegalArgumentException if this version of TensorFlow does not have it
   */
  OpDef of(NodeDef node) {
    var op = byName.get(node.getOp());
    if (op == null) {
      throw new IllegalArgumentException(
          "it needs the operation %s, which TensorFlow %s does not have"
              .formatted(node.getOp(), TensorFlow.version()));
    }
    return op;
  }

  /** Position among all outputs of the first one of a named output. */
  int offset(NodeDef node, String output) {
    var offset = 0;
    for (var arg : of(node).getOutputArgList()) {
      if (arg.getName().equals(output)) {
        return offset;
      }
      offset += count(node, arg);
    }
    throw new IllegalArgumentException(
        "node %s has no output '%s'".formatted(node.getName(), output));
  }

  /** How many tensors an argument of a node is. */
  int count(NodeDef node, OpDef.ArgDef arg) {
    if (!arg.getNumberAttr().isEmpty()) {
      return (int) attribute(node, arg.getNumberAttr()).getI();
    }
    return arg.getTypeListAttr().isEmpty()
        ? 1
        : attribute(node, arg.getTypeListAttr()).getList().getTypeCount();
  }

  static boolean isList(OpDef.ArgDef arg) {
    return !arg.getNumberAttr().isEmpty() || !arg.getTypeListAttr().isEmpty();
  }

  private AttrValue attribute(NodeDef node, String name) {
    var given = node.getAttrMap().get(name);
    if (given != null) {
      return given;
    }
    return of(node).getAttrList().stream()
        .filter(attr -> attr.getName().equals(name))
        .map(OpDef.AttrDef::getDefaultValue)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "node %s has no attribute '%s'".formatted(node.getName(), name)));
  }

  /** Without control inputs. */
  static List<String> data(NodeDef node) {
    return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
  }
}
