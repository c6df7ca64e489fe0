package org.openmargin.profiler;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.profiler.Profile.Phase;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Finds the layer of every node of an optimised graph. Nodes of the network are named after their
 * layer. Gradients are not: each belongs to the layer whose weights it changes or reads, or else to
 * the latest layer whose activations it reads. An update belongs to the layer of its variable.
 */
final class GraphLayers {
  /** The graph optimiser merges equal constants, so their names do not tell who reads them. */
  private static final String CONSTANT = "Const";

  /** Gradient clipping and weight decay may lie between a gradient and its update. */
  private static final int STEPS_TO_UPDATE = 3;

  private final NodeGraph graph;
  private final List<NodeDef> order;
  private final LayerNames names;
  private final Map<String, Integer> position = new HashMap<>();
  private final Map<String, Phase> phases = new HashMap<>();
  private final Map<String, String> layers = new HashMap<>();

  /** Where a node belongs; the layer is a dotted path, empty if unknown. */
  record Place(String layer, Phase phase, String type) {}

  private GraphLayers(NodeGraph graph) {
    this.graph = graph;
    this.order = graph.order();
    this.names = new LayerNames(graph.variables());
  }

  /** Places of all nodes, including those in functions, by name. */
  static Map<String, Place> of(Collection<GraphDef> graphs) {
    return new GraphLayers(new NodeGraph(graphs)).places();
  }

  private Map<String, Place> places() {
    for (var i = 0; i < order.size(); i++) {
      position.put(order.get(i).getName(), i);
      phases.put(order.get(i).getName(), phase(order.get(i)));
    }
    for (var i = order.size() - 1; i >= 0; i--) {
      markPreparation(order.get(i));
    }
    var places = new HashMap<String, Place>();
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
    if (LayerNames.isGradient(node.getName())) {
      return Phase.BACKWARD;
    }
    var readsGradients =
        graph
            .inputs(node)
            .anyMatch(n -> phaseOf(n) != Phase.FORWARD && !n.getOp().equals(CONSTANT));
    var ofNetwork = names.ofScope(node.getName()).isPresent();
    return updates(node) || (readsGradients && !ofNetwork) ? Phase.UPDATE : Phase.FORWARD;
  }

  /** A node that only updates read, such as the learning rate, counts as part of the update. */
  private void markPreparation(NodeDef node) {
    var readers = graph.readers(node);
    if (phaseOf(node) == Phase.FORWARD
        && names.ofScope(node.getName()).isEmpty()
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
        .or(() -> variableLayer(graph.inputs(node)))
        .orElseGet(() -> latestInputLayer(node));
  }

  /** From the variable that the node stands for or writes, or else from its name. */
  private Optional<String> ownLayer(NodeDef node) {
    var writes = updates(node) || node.getOp().startsWith("Assign");
    var handle = writes ? graph.inputs(node).limit(1) : Stream.of(node);
    return variableLayer(handle).or(() -> names.ofScope(node.getName()));
  }

  private Optional<String> variableLayer(Stream<NodeDef> nodes) {
    return nodes.flatMap(node -> graph.variable(node).stream()).findFirst().map(names::ofVariable);
  }

  /** The layer that the node helps to update, if there is exactly one. */
  private Optional<String> updatedLayer(NodeDef node) {
    var updated = updatedLayers(node, STEPS_TO_UPDATE).distinct().toList();
    return updated.size() == 1 ? Optional.of(updated.get(0)) : Optional.empty();
  }

  private Stream<String> updatedLayers(NodeDef node, int steps) {
    return updates(node)
        ? ownLayer(node).stream()
        : graph.readers(node).stream()
            .filter(reader -> steps > 0 && phaseOf(reader) == Phase.UPDATE)
            .flatMap(reader -> updatedLayers(reader, steps - 1));
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
