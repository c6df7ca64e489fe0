package org.openmargin.exporter.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.exporter.frozen.FoldedNormsTest.constants;
import static org.openmargin.exporter.frozen.FoldedNormsTest.pruned;
import static org.openmargin.exporter.frozen.FoldedNormsTest.run;
import static org.openmargin.exporter.frozen.FoldedNormsTest.weights;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class FoldedProductsTest {

  /** A convolution with 2 x 2 of the 3 x 3 weights, its norm, and a relu. */
  private static GraphDef graph(boolean readTwice) {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 5, 5, 3)));
      var seen = tf.slice(x, tf.array(0, 0, 0, 0), tf.array(-1, 2, 2, 3));
      var kernel = weights(tf, 1, 3, 3, 3, 4);
      var part = tf.slice(kernel, tf.array(1, 1, 0, 0), tf.array(2, 2, 3, 4));
      var product =
          tf.linalg.matMul(tf.reshape(seen, tf.array(-1, 12)), tf.reshape(part, tf.array(12, 4)));
      var map = tf.reshape(product, tf.array(-1, 1, 1, 4));
      var norm =
          tf.nn.fusedBatchNorm(
              map,
              weights(tf, 2, 4),
              weights(tf, 3, 4),
              weights(tf, 4, 4),
              tf.math.abs(weights(tf, 5, 4)),
              FusedBatchNorm.epsilon(0.01f),
              FusedBatchNorm.isTraining(false));
      tf.withName("y").identity(tf.nn.relu(norm.y()));
      if (readTwice) {
        tf.withName("other").identity(product);
      }
      return constants(graph.toGraphDef());
    }
  }

  @Test
  void theNormGoesIntoTheWeightsThatAreUsedAndTheOthersGo() {
    var graph = graph(false);

    var folded = pruned(FoldedProducts.of(FoldedNorms.of(FoldedParts.of(graph))));

    assertThat(folded.getNodeList())
        .extracting(NodeDef::getOp)
        .contains("BiasAdd", "MatMul")
        .doesNotContain("FusedBatchNormV3")
        .containsOnlyOnce("Slice");
    assertThat(folded.getNodeList())
        .filteredOn(node -> node.getOp().equals("Const"))
        .allMatch(
            node ->
                node.getAttrOrThrow("value").getTensor().getTensorContent().size()
                    <= 12 * 4 * Float.BYTES);
    var want = run(graph, "y");
    var got = run(folded, "y");
    assertThat(got).hasSameSizeAs(want);
    for (var i = 0; i < want.length; i++) {
      assertThat(got[i]).isCloseTo(want[i], within(1e-4f * (1 + Math.abs(want[i]))));
    }
    assertThat(want).contains(0).isNotEqualTo(new float[want.length]);
  }

  @Test
  void aProductThatOthersReadKeepsItsNorm() {
    var graph = graph(true);

    var folded = FoldedProducts.of(FoldedParts.of(graph));

    assertThat(folded.getNodeList()).extracting(NodeDef::getOp).contains("FusedBatchNormV3");
    assertThat(run(folded, "other")).isEqualTo(run(graph, "other"));
    assertThat(run(folded, "y")).isEqualTo(run(graph, "y"));
  }

  @Test
  void whatIsNoConstantStays() {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 5, 5, 3)));
      tf.withName("y").slice(x, tf.array(0, 0, 0, 0), tf.array(-1, 2, 2, 3));
      var definition = graph.toGraphDef();

      assertThat(FoldedParts.of(definition)).isEqualTo(definition);
    }
  }
}
