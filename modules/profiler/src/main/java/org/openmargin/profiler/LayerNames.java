package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the layer from the name of a node or variable. */
record LayerNames(List<String> variables) {
  /** TensorFlow's optimiser puts these before the name of a node. */
  private static final Set<String> REWRITES =
      Set.of("ConstantFolding", "ArithmeticOptimizer", "LoopOptimizer", "DependencyOptimizer");

  private static final String GRADIENTS = "Gradients";

  static boolean isGradient(String node) {
    return Arrays.asList(node.split("/", -1)).contains(GRADIENTS);
  }

  /** The variable's name without its last part; for an optimizer's slot, that of its weight. */
  String ofVariable(String variable) {
    var end = variable.lastIndexOf('.');
    if (end < 0) {
      return variable;
    }
    var path = variable.substring(0, end);
    return variables.contains(path) ? ofVariable(path) : path;
  }

  /**
   * {@code backbone/stage0_1/conv1/Conv2d} is an operation of {@code backbone.stage0.conv1}, and so
   * is {@code Gradients/backbone/stage0_1/conv1/Conv2d/Mul}, a gradient written in Java.
   */
  Optional<String> ofScope(String node) {
    var parts = new ArrayList<>(Arrays.asList(node.split("/", -1)));
    parts.removeAll(REWRITES);
    var ofGradient = parts.remove(GRADIENTS);
    var path = "";
    for (var i = 0; i < parts.size() - (ofGradient ? 2 : 1); i++) {
      path = path + (path.isEmpty() ? "" : ".") + numberless(path, parts.get(i));
    }
    return Optional.of(path).filter(p -> !p.isEmpty());
  }

  /** TensorFlow numbers scopes that are entered again; the number is not part of the name. */
  private String numberless(String parent, String part) {
    var prefix = (parent.isEmpty() ? part : parent + "." + part) + ".";
    var isName = variables.stream().anyMatch(variable -> variable.startsWith(prefix));
    return isName ? part : part.replaceFirst("_\\d+$", "");
  }
}
