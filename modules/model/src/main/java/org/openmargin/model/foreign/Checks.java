package org.openmargin.model.foreign;

import java.util.Set;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/** Refuses nodes that do not give the same for the same image every time, or cannot be copied. */
record Checks(Operations operations, FunctionDefLibrary functions) {
  private static final Set<String> BRANCHES =
      Set.of(
          "If",
          "StatelessIf",
          "Case",
          "StatelessCase",
          "While",
          "StatelessWhile",
          "PartitionedCall",
          "StatefulPartitionedCall");

  private static final Set<String> OLD_LOOPS =
      Set.of("Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond", "RefSwitch");

  /**
   * @throws IllegalArgumentException saying what it is that cannot be
   */
  void require(NodeDef node) {
    if (node.getOp().equals("Placeholder")) {
      throw new IllegalArgumentException(
          "its output needs another input, %s, besides the images".formatted(node.getName()));
    }
    if (OLD_LOOPS.contains(node.getOp())) {
      throw refused(node, "is of the loops and branches of TensorFlow 1");
    }
    if (BRANCHES.contains(node.getOp())) {
      UsedFunctions.of(functions, Set.of(node))
          .getFunctionList()
          .forEach(function -> function.getNodeDefList().forEach(this::require));
    } else if (node.getOp().equals("VarHandleOp")) {
      throw refused(node, "is a variable that a loop, a branch or an unusual operation reads");
    } else if (!isFunction(node) && operations.of(node).getIsStateful()) {
      throw refused(node, "has a state or is random, so answers may change");
    }
  }

  private boolean isFunction(NodeDef node) {
    return functions.getFunctionList().stream()
        .anyMatch(f -> f.getSignature().getName().equals(node.getOp()));
  }

  private static IllegalArgumentException refused(NodeDef node, String why) {
    return new IllegalArgumentException(
        "its operation %s (%s) %s".formatted(node.getName(), node.getOp(), why));
  }
}
