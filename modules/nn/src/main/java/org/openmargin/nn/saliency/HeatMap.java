package org.openmargin.nn.saliency;

import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Grad-CAM: {@code relu(sum_k alpha_k A_k)}, with A the map of a late stage and alpha_k the mean
 * over the map of the derivative of the class's logit by A_k. One view of each image, whatever the
 * network averages.
 *
 * <p>Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
 * Localization", ICCV 2017, equations 1 and 2.
 *
 * @param map A, [n, h, w, channels]
 * @param logits of the chosen classes, [n]
 * @param heat [n, h, w]
 */
public record HeatMap(
    Ops tf, Operand<TFloat32> map, Operand<TFloat32> logits, Operand<TFloat32> heat) {

  /** A map with fewer rows or columns hardly says where. */
  private static final int LEAST_PX = 4;

  /** A stage's output and its place. */
  private record StageMap(int stage, Operand<TFloat32> map) {
    int side() {
      return (int) Math.min(map.shape().get(1), map.shape().get(2));
    }
  }

  /** The backbone whose stages can be shown; empty if it has none. */
  public static Optional<StagedBackbone> stages(OpenSetNetwork network) {
    return Optional.of(network.backbone())
        .filter(StagedBackbone.class::isInstance)
        .map(StagedBackbone.class::cast)
        .filter(staged -> staged.stages() >= 2);
  }

  /**
   * @param net the root of an inference graph
   * @param backbone that of the network
   * @param pixels [n, height, width, channels], 0 to 255
   * @param classes [n]: the class whose logit is explained, for each image
   */
  public static HeatMap of(
      Net net,
      OpenSetNetwork network,
      StagedBackbone backbone,
      Operand<TFloat32> pixels,
      Operand<TInt32> classes) {
    var tf = net.tf();
    var chosen = map(net, network, backbone, pixels);
    var place = OpenSetNetwork.backboneNet(net);
    var rest = backbone.run(place, chosen.map(), chosen.stage() + 1, backbone.stages());
    var embeddings = net.cast(rest, TFloat32.class);
    var all = network.head().logits(OpenSetNetwork.headNet(net), embeddings);
    var columns = tf.constant((int) all.shape().get(1));
    var oneHot = tf.oneHot(classes, columns, tf.constant(1f), tf.constant(0f));
    var logits = tf.reduceSum(tf.math.mul(all, oneHot), tf.constant(1));
    return new HeatMap(tf, chosen.map(), logits, heat(tf, chosen.map(), logits));
  }

  /** The last stage with a map of at least 4 x 4, else the one with the largest map. */
  private static StageMap map(
      Net net, OpenSetNetwork network, StagedBackbone backbone, Operand<TFloat32> pixels) {
    var images = backbone.input(net.in("input"), network.input(), pixels);
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

  /** Each image's largest value 1, or all 0 if nothing speaks for the class: [n, h, w]. */
  public Operand<TFloat32> scaled() {
    var most = tf.reduceMax(heat, tf.array(1, 2), ReduceMax.keepDims(true));
    return tf.math.divNoNan(heat, most);
  }
}
