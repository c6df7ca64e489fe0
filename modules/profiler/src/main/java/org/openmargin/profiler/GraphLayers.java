package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.openmargin.profiler.Profile.Phase;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Finds the layer of every node of an optimised graph. A node of the network is named after its
 * layer. A gradient is not: it belongs to the layer whose weights it changes or reads, or else to
 * the latest one whose activations it reads. An update belongs to the layer of its variable.
 */
final class GraphLayers {
  /** TensorFlow's optimiser puts these before the name of a node. */
  private static final Set<String> REWRITES =
      Set.of("ConstantFolding", "ArithmeticOptimizer", "LoopOptimizer", "DependencyOptimizer");

  private static final String GRADIENTS = "Gradients";

  /** The optimiser shares equal ones, so that their names say nothing of their readers. */
  private static final String CONSTANT = "Const";

  /** Between a gradient and its update there may be a clip and a decay. */
  private static final int STEPS_TO_UPDATE = 3;

  private final NodeGraph graph;
  private final Map<String, Integer> position = new HashMap<>();
  private final Map<String, Phase> phases = new HashMap<>();
  private final Map<String, String> layers = new HashMap<>();

  /**
   * Where a node belongs.
   *
   * @param layer dotted path; empty if nothing tells it
   * @param phase of the step
   * @param type of the operation
   */
  record Place(String layer, Phase phase, String type) {}

  private GraphLayers(NodeGraph graph) {
    this.graph = graph;
  }

  /** Places of all nodes by name, those of functions included. */
  static Map<String, Place> of(Collection<GraphDef> graphs) {
    var graph = new NodeGraph(graphs);
    return new GraphLayers(graph).places(graph.order());
  }

  private Map<String, Place> places(List<NodeDef> order) {
    for (var i = 0; i < order.size(); i++) {
      position.put(order.get(i).getName(), i);
      phases.put(order.get(i).getName(), phase(order.get(i)));
    }
    for (var i = order.size() - 1; i >= 0; i--) {
      markPreparation(order.get(i));
    }
    var places = new LinkedHashMap<String, Place>();
    for (var node : order) {
      layers.put(node.getName(), layer(node));
      places.put(
          node.getName(), new Place(layers.get(node.getName()), phaseOf(node), node.getOp()));
    }
    return places;
  }

  private Phase phaseOf(NodeDef node) {
    return phases.getOrDefault(node.getName(), Phase.FORWARD);
  }

  private Phase phase(NodeDef node) {
    if (Arrays.asList(node.getName().split("/", -1)).contains(GRADIENTS)) {
      return Phase.BACKWARD;
    }
    var readsGradients =
        graph
            .inputs(node)
            .anyMatch(n -> phaseOf(n) != Phase.FORWARD && !n.getOp().equals(CONSTANT));
    var ofNetwork = scope(node.getName()).isPresent();
    return updates(node) || (readsGradients && !ofNetwork) ? Phase.UPDATE : Phase.FORWARD;
  }

  /** What only updates read, such as the learning rate, is part of them. */
  private void markPreparation(NodeDef node) {
    var readers = graph.readers(node);
    if (phaseOf(node) == Phase.FORWARD
        && scope(node.getName()).isEmpty()
        && !readers.isEmpty()
        && readers.stream().allMatch(reader -> phaseOf(reader) == Phase.UPDATE)) {
      phases.put(node.getName(), Phase.UPDATE);
    }
  }

  private static boolean updates(NodeDef node) {
    return node.getOp().startsWith("ResourceApply");
  }

  private String layer(NodeDef node) {
    return ownLayer(node)
        .or(() -> phaseOf(node) == Phase.FORWARD ? Optional.empty() : updatedLayer(node))
        .or(() -> weightLayer(node))
        .orElseGet(() -> latestInputLayer(node));
  }

  /** What the node's name, or the variable that it stands for or writes, says. */
  private Optional<String> ownLayer(NodeDef node) {
    var writes = updates(node) || node.getOp().startsWith("Assign");
    var stands = writes ? graph.inputs(node).findFirst().orElse(node) : node;
    return graph.variable(stands).map(this::layerOfVariable).or(() -> scope(node.getName()));
  }

  /** The variable's name without its last part; for an optimizer's slot, that of its weight. */
  private String layerOfVariable(String variable) {
    var path = variable;
    for (var end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
      if (graph.variables().contains(path.substring(0, end))) {
        path = path.substring(0, end);
      }
    }
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : path;
  }

  /**
   * {@code backbone/stage0_1/conv1/Conv2d} is an operation of {@code backbone.stage0.conv1}, and so
   * is {@code Gradients/backbone/stage0_1/conv1/Conv2d/Mul}, of a gradient written in Java.
   */
  private Optional<String> scope(String name) {
    var parts = new ArrayList<>(Arrays.asList(name.split("/", -1)));
    parts.removeAll(REWRITES);
    var ofGradient = parts.remove(GRADIENTS);
    var path = "";
    for (var i = 0; i < parts.size() - (ofGradient ? 2 : 1); i++) {
      path = path + (path.isEmpty() ? "" : ".") + numberless(path, parts.get(i));
    }
    return Optional.of(path).filter(p -> !p.isEmpty());
  }

  /** A place that is entered again gets a number, which is no part of the layer's name. */
  private String numberless(String parent, String part) {
    var prefix = (parent.isEmpty() ? part : parent + "." + part) + ".";
    var isName = graph.variables().stream().anyMatch(variable -> variable.startsWith(prefix));
    return isName ? part : part.replaceFirst("_\\d+$", "");
  }

  private Optional<String> updatedLayer(NodeDef node) {
    var front = List.of(node);
    for (var step = 0; step < STEPS_TO_UPDATE; step++) {
      front =
          front.stream()
              .flatMap(n -> graph.readers(n).stream())
              .filter(n -> phaseOf(n) == Phase.UPDATE)
              .distinct()
              .toList();
      var updated =
          front.stream()
              .filter(GraphLayers::updates)
              .flatMap(update -> ownLayer(update).stream())
              .distinct()
              .toList();
      if (!updated.isEmpty()) {
        return updated.size() == 1 ? Optional.of(updated.get(0)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<String> weightLayer(NodeDef node) {
    return graph
        .inputs(node)
        .flatMap(input -> graph.variable(input).stream())
        .findFirst()
        .map(this::layerOfVariable);
  }

  private String latestInputLayer(NodeDef node) {
    var backward = phaseOf(node) == Phase.BACKWARD;
    return latest(graph.inputs(node).filter(n -> !backward || phaseOf(n) == Phase.FORWARD))
        .or(() -> latest(graph.inputs(node)))
        .orElse("");
  }

  private Optional<String> latest(Stream<NodeDef> inputs) {
    return inputs
        .filter(n -> !n.getOp().equals(CONSTANT))
        .filter(n -> !layers.getOrDefault(n.getName(), "").isEmpty())
        .max(Comparator.comparingInt(n -> position.get(n.getName())))
        .map(n -> layers.get(n.getName()));
  }
}
