package org.openmargin.exporter.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class FoldedNormsTest {
  private static final int[] SHAPE = {2, 5, 5, 3};

  /** Convolution and norm, relu, and the gradient of their sum by the input. */
  private static GraphDef graph(boolean readTwice) {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 5, 5, 3)));
      var conv = tf.nn.conv2d(x, weights(tf, 1, 3, 3, 3, 4), List.of(1L, 1L, 1L, 1L), "SAME");
      Operand<TFloat32> norm =
          tf.nn
              .fusedBatchNorm(
                  conv,
                  weights(tf, 2, 4),
                  weights(tf, 3, 4),
                  weights(tf, 4, 4),
                  tf.math.abs(weights(tf, 5, 4)),
                  FusedBatchNorm.epsilon(0.01f),
                  FusedBatchNorm.isTraining(false))
              .y();
      var y = tf.withName("y").identity(tf.nn.relu(norm));
      var sum = tf.reduceSum(tf.math.square(y), tf.array(0, 1, 2, 3));
      var slope = tf.gradients(sum, List.of(x), Gradients.dx(List.of(tf.constant(1f))));
      tf.withName("slope").identity(slope.<TFloat32>dy(0));
      if (readTwice) {
        tf.withName("other").identity(conv);
      }
      return graph.toGraphDef();
    }
  }

  static Operand<TFloat32> weights(Ops tf, long seed, long... sizes) {
    var random = new Random(seed);
    var values = new float[(int) Shape.of(sizes).size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.constant(Shape.of(sizes), DataBuffers.of(values));
  }

  static float[] run(GraphDef definition, String fetched) {
    try (var graph = new Graph()) {
      graph.importGraphDef(definition);
      var random = new Random(9);
      var values = new float[SHAPE[0] * SHAPE[1] * SHAPE[2] * SHAPE[3]];
      for (var i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      try (var session = new Session(graph);
          var x = TFloat32.tensorOf(Shape.of(2, 5, 5, 3), DataBuffers.of(values));
          var result = session.runner().feed("x", x).fetch(fetched).run()) {
        var found = new float[(int) result.get(0).size()];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(found, false, false));
        return found;
      }
    }
  }

  /** The variance is a constant only when |.| is computed: folding needs plain constants. */
  static GraphDef constants(GraphDef graph) {
    var changed = graph.toBuilder();
    var value = graph.getNodeList().stream().filter(node -> node.getOp().equals("Abs")).findFirst();
    var abs = value.orElseThrow();
    try (var inner = new Graph()) {
      inner.importGraphDef(graph);
      try (var session = new Session(inner);
          var result = session.runner().fetch(abs.getName()).run()) {
        var proto = TensorProtos.of(result.get(0));
        for (var i = 0; i < changed.getNodeCount(); i++) {
          if (changed.getNode(i).getName().equals(abs.getName())) {
            changed.setNode(i, FrozenGraph.constant(abs.getName(), proto));
          }
        }
      }
    }
    return pruned(changed.build());
  }

  /** Without the gradients of weights, which nobody reads. */
  static GraphDef pruned(GraphDef graph) {
    var kept = new TreeMap<String, String>();
    for (var root : List.of("y", "slope", "other")) {
      if (GraphNodes.of(graph).byName().containsKey(root)) {
        kept.putAll(needed(graph, root));
      }
    }
    var nodes = graph.getNodeList().stream().filter(n -> kept.containsKey(n.getName())).toList();
    return graph.toBuilder().clearNode().addAllNode(nodes).build();
  }

  @Test
  void outputsAndGradientsStayAndTheNormGoes() {
    var graph = constants(graph(false));

    var folded = pruned(FoldedNorms.of(graph));

    assertThat(folded.getNodeList()).extracting(NodeDef::getOp).contains("BiasAdd");
    for (var name : List.of("y", "slope")) {
      var want = run(graph, name);
      var got = run(folded, name);
      for (var i = 0; i < want.length; i++) {
        assertThat(got[i]).isCloseTo(want[i], within(1e-4f * (1 + Math.abs(want[i]))));
      }
    }
    assertThat(needed(folded, "slope").values())
        .doesNotContain("FusedBatchNormGradV3", "FusedBatchNormV3");
  }

  @Test
  void aConvolutionThatOthersReadKeepsItsNorm() {
    var graph = constants(graph(true));
    var folded = FoldedNorms.of(graph);
    assertThat(folded.getNodeList()).extracting(NodeDef::getOp).doesNotContain("BiasAdd");
    assertThat(run(folded, "other")).isEqualTo(run(graph, "other"));
  }

  @Test
  void varianceThatIsNoConstantStays() {
    var folded = FoldedNorms.of(graph(false));
    assertThat(folded.getNodeList()).extracting(NodeDef::getOp).doesNotContain("BiasAdd");
  }

  /** The operations that a node needs, and their kinds. */
  private static Map<String, String> needed(GraphDef graph, String root) {
    var nodes = GraphNodes.of(graph).byName();
    var open = new ArrayDeque<>(List.of(root));
    var seen = new TreeMap<String, String>();
    while (!open.isEmpty()) {
      var name = open.pop();
      if (!seen.containsKey(name)) {
        seen.put(name, nodes.get(name).getOp());
        nodes.get(name).getInputList().forEach(input -> open.push(GraphNodes.producer(input)));
      }
    }
    return seen;
  }
}
