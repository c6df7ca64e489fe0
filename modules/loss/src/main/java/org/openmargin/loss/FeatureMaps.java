package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The feature maps that DIAS compares and exchanges.
 *
 * @param first before the backbone's last but one stage
 * @param second before its last stage
 */
record FeatureMaps(Operand<? extends TFloating> first, Operand<? extends TFloating> second) {

  /**
   * @throws IllegalArgumentException if the backbone does not say its stages
   */
  static void requireStages(OpenSetNetwork network) {
    var stages = network.backbone().stages().size();
    if (stages < 3) {
      throw new IllegalArgumentException(
          "DIAS needs feature maps, and thus a backbone of at least three stages; %s has %d: let it implement Backbone.stages"
              .formatted(network.backbone().getClass().getSimpleName(), stages));
    }
  }

  /**
   * @param net the root of the network, or of one of its form
   * @param pixels [batch, height, width, channels], 0 to 255
   */
  static FeatureMaps of(OpenSetNetwork network, Net net, Operand<TFloat32> pixels) {
    var last = network.backbone().stages().size() - 1;
    var standard = network.input().standardize(net.in("input"), pixels);
    var first = run(network, net, standard, 0, last - 1);
    return new FeatureMaps(first, run(network, net, first, last - 1, last));
  }

  /** From a map to the embedding, through so many last stages. */
  static Operand<TFloat32> embedding(
      OpenSetNetwork network, Net net, Operand<? extends TFloating> map, int stages) {
    var all = network.backbone().stages().size();
    return net.cast(run(network, net, map, all - stages, all), TFloat32.class);
  }

  /** Sum of both maps' mean absolute differences; no gradient goes into the other ones. */
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

  private static Operand<? extends TFloating> run(
      OpenSetNetwork network, Net net, Operand<? extends TFloating> input, int from, int to) {
    var x = input;
    for (var stage : network.backbone().stages().subList(from, to)) {
      x = stage.apply(OpenSetNetwork.backboneNet(net), x);
    }
    return x;
  }
}
