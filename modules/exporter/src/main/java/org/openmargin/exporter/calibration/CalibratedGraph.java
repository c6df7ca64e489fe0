package org.openmargin.exporter.calibration;

import java.util.List;
import java.util.function.UnaryOperator;
import org.openmargin.exporter.DescribeSignature;
import org.openmargin.exporter.PrunedGraph;
import org.openmargin.exporter.score.DecisionGraph;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.ModelException;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The graph of an exported model with other numbers for its decision. The operations in the scopes
 * of {@link DecisionGraph} are built again, and what used the old ones uses the new ones.
 *
 * @param base the model's graph
 * @param classes of the model
 */
record CalibratedGraph(MetaGraphDef base, DecisionRule rule, int classes) {
  private static final List<DecisionGraph> PARTS =
      List.of(DecisionGraph.EXACT, DecisionGraph.PIXELS);
  private static final String REPLACED = "replaced/";

  MetaGraphDef build() {
    var names = base.getGraphDef().getNodeList().stream().map(NodeDef::getName).toList();
    for (var part : PARTS) {
      if (!names.containsAll(List.of(part.logits(), part.best(), part.score()))) {
        throw new ModelException(
            "the model was exported by an OpenMargin that could not calibrate it again: export it anew");
      }
    }
    try (var graph = new Graph()) {
      graph.importGraphDef(renamed(base.getGraphDef(), CalibratedGraph::setAside, true));
      var tf = Ops.create(graph);
      for (var part : PARTS) {
        part.of(tf, inputs(graph, part), rule, classes);
      }
      var rewired = described(renamed(graph.toGraphDef(), CalibratedGraph::restored, false));
      return base.toBuilder()
          .clearObjectGraphDef()
          .setGraphDef(PrunedGraph.of(rewired, base))
          .build();
    }
  }

  private static DecisionGraph.Inputs inputs(Graph graph, DecisionGraph part) {
    return new DecisionGraph.Inputs(
        graph.outputOrThrow(part.logits() + ":0").expect(TFloat32.class),
        graph.outputOrThrow(part.best() + ":0").expect(TInt64.class),
        graph.outputOrThrow(part.score() + ":0").expect(TFloat32.class));
  }

  /** Old operations make room. */
  private static String setAside(String node) {
    return PARTS.stream().anyMatch(part -> node.startsWith(part.scope() + "/"))
        ? REPLACED + node
        : node;
  }

  /** The outputs of old operations become those of new ones; nothing uses the rest any more. */
  private static String restored(String node) {
    return PARTS.stream()
        .flatMap(part -> DecisionGraph.OUTPUTS.stream().map(name -> part.scope() + "/" + name))
        .filter(name -> node.equals(REPLACED + name))
        .findFirst()
        .orElse(node);
  }

  /**
   * @param nodes whether the operations, too, are renamed, and not only what they use
   */
  private static GraphDef renamed(GraphDef graph, UnaryOperator<String> name, boolean nodes) {
    var changed = graph.toBuilder();
    for (var node : changed.getNodeBuilderList()) {
      for (var i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, tensor(node.getInput(i), name));
      }
      if (nodes) {
        node.setName(name.apply(node.getName()));
      }
    }
    return changed.build();
  }

  /** Of {@code ^a}, {@code a:1} or {@code a}. */
  private static String tensor(String tensor, UnaryOperator<String> name) {
    var start = tensor.startsWith("^") ? 1 : 0;
    var colon = tensor.indexOf(':');
    var end = colon < 0 ? tensor.length() : colon;
    return tensor.substring(0, start)
        + name.apply(tensor.substring(start, end))
        + tensor.substring(end);
  }

  private GraphDef described(GraphDef graph) {
    var changed = graph.toBuilder();
    for (var node : changed.getNodeBuilderList()) {
      switch (node.getName()) {
        case DescribeSignature.ALPHA -> set(node, rule.alpha());
        case DescribeSignature.THRESHOLD -> set(node, rule.threshold().threshold());
        default -> {}
      }
    }
    return changed.build();
  }

  private static void set(NodeDef.Builder node, double number) {
    var value = node.getAttrOrThrow("value").toBuilder();
    var old = value.getTensor();
    var tensor =
        TensorProto.newBuilder()
            .setDtype(old.getDtype())
            .setTensorShape(old.getTensorShape())
            .addDoubleVal(number);
    node.putAttr("value", value.setTensor(tensor).build());
  }
}
