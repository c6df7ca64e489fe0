package org.openmargin.trainer.saliency;

import java.util.List;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * The graph of {@link GradCam}, for any number of images.
 *
 * @param pixels [-1, height, width, channels]
 * @param classes [-1]: the class whose logit is explained, for each image
 * @param map A, the chosen stage's output, [-1, h, w, channels]
 * @param logits of the chosen classes, [-1]
 * @param heat [-1, h, w]
 */
record GradCamGraph(
    Graph graph,
    Placeholder<TUint8> pixels,
    Placeholder<TInt32> classes,
    Operand<TFloat32> map,
    Operand<TFloat32> logits,
    Operand<TFloat32> heat,
    VariableFile file)
    implements AutoCloseable {

  /** A map with fewer rows or columns hardly says where. */
  private static final int LEAST_PX = 4;

  /** A stage's output and its place. */
  private record StageMap(int stage, Operand<TFloat32> map) {
    int side() {
      return (int) Math.min(map.shape().get(1), map.shape().get(2));
    }
  }

  static GradCamGraph of(OpenSetNetwork network, StagedBackbone backbone) {
    var graph = new Graph();
    var tf = Ops.create(graph);
    var input = network.input();
    var shape = Shape.of(-1, input.height(), input.width(), input.channels());
    var variables = new Variables(tf, 0);
    var net = Net.root(tf, variables, new Mode.Inference());
    var pixels = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    var classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    var chosen = map(net, network, backbone, net.cast(pixels, TFloat32.class));
    var place = OpenSetNetwork.backboneNet(net);
    var rest = backbone.run(place, chosen.map(), chosen.stage() + 1, backbone.stages());
    var embeddings = net.cast(rest, TFloat32.class);
    var all = network.head().logits(OpenSetNetwork.headNet(net), embeddings);
    var columns = tf.constant((int) all.shape().get(1));
    var oneHot = tf.oneHot(classes, columns, tf.constant(1f), tf.constant(0f));
    var logits = tf.reduceSum(tf.math.mul(all, oneHot), tf.constant(1));
    var heat = heat(tf, chosen.map(), logits);
    return new GradCamGraph(
        graph, pixels, classes, chosen.map(), logits, heat, VariableFile.of(tf, variables.model()));
  }

  /** The last stage with a map of at least 4 x 4, else the one with the largest map. */
  private static StageMap map(
      Net net, OpenSetNetwork network, StagedBackbone backbone, Operand<TFloat32> pixels) {
    var images = network.input().standardize(net.in("input"), pixels);
    var best = new StageMap(-1, images);
    var stage = new StageMap(-1, images);
    for (var index = 0; index < backbone.stages() - 1; index++) {
      var output = backbone.stage(OpenSetNetwork.backboneNet(net), index, stage.map());
      stage = new StageMap(index, net.cast(output, TFloat32.class));
      if (best.stage() < 0 || stage.side() >= Math.min(LEAST_PX, best.side())) {
        best = stage;
      }
    }
    return best;
  }

  /** {@code relu(sum_k alpha_k A_k)}, alpha_k the mean over the map of dy / dA_k. */
  private static Operand<TFloat32> heat(Ops tf, Operand<TFloat32> map, Operand<TFloat32> logits) {
    var sum = tf.reduceSum(logits, tf.constant(0));
    var gradients = tf.gradients(sum, List.of(map), Gradients.dx(List.of(tf.constant(1f))));
    var gradient = gradients.<TFloat32>dy(0);
    var alpha = tf.math.mean(gradient, tf.array(1, 2), Mean.keepDims(true));
    var weighted = tf.reduceSum(tf.math.mul(map, alpha), tf.constant(3));
    return tf.nn.relu(weighted);
  }

  @Override
  public void close() {
    graph.close();
  }
}
