package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.StagedBackbone;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The feature maps that DIAS compares and exchanges.
 *
 * @param first before the backbone's second-to-last stage
 * @param second before its last stage
 */
record FeatureMaps(Operand<? extends TFloating> first, Operand<? extends TFloating> second) {

  /**
   * @throws IllegalArgumentException if the network's backbone has no such maps
   */
  static void requireStages(OpenSetNetwork network) {
    backbone(network);
  }

  private static StagedBackbone backbone(OpenSetNetwork network) {
    if (network.backbone() instanceof StagedBackbone staged && staged.stages() >= 3) {
      return staged;
    }
    throw new IllegalArgumentException(
        "DIAS needs feature maps: %s must be a StagedBackbone of at least three stages"
            .formatted(network.backbone().getClass().getSimpleName()));
  }

  /**
   * @param net the root of the network, or of another of the same form
   * @param pixels [batch, height, width, channels], 0 to 255
   */
  static FeatureMaps of(OpenSetNetwork network, Net net, Operand<TFloat32> pixels) {
    var backbone = backbone(network);
    var here = OpenSetNetwork.backboneNet(net);
    var last = backbone.stages() - 1;
    var standard = network.input().standardize(net.in("input"), pixels);
    var first = backbone.run(here, standard, 0, last - 1);
    return new FeatureMaps(first, backbone.run(here, first, last - 1, last));
  }

  /** From a map to the embedding, through the last {@code stages} stages. */
  static Operand<TFloat32> embedding(
      OpenSetNetwork network, Net net, Operand<? extends TFloating> map, int stages) {
    var backbone = backbone(network);
    var all = backbone.stages();
    var here = OpenSetNetwork.backboneNet(net);
    return net.cast(backbone.run(here, map, all - stages, all), TFloat32.class);
  }

  /** Sum of both maps' mean absolute differences; no gradient goes into {@code fixed}. */
  Operand<TFloat32> distance(Net net, FeatureMaps fixed) {
    return net.tf()
        .math
        .add(distance(net, first, fixed.first()), distance(net, second, fixed.second()));
  }

  private static Operand<TFloat32> distance(
      Net net, Operand<? extends TFloating> map, Operand<? extends TFloating> fixed) {
    var tf = net.tf();
    var stopped = tf.stopGradient(net.cast(fixed, TFloat32.class));
    var difference = tf.math.sub(net.cast(map, TFloat32.class), stopped);
    return tf.math.mean(tf.math.abs(difference), tf.array(0, 1, 2, 3));
  }
}
