package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A network whose backbone is run in three groups: all stages but the last two, then one, then the
 * last.
 */
record Groups(OpenSetNetwork network) {

  Groups {
    var stages = network.backbone().stages().size();
    if (stages < 3) {
      throw new IllegalArgumentException(
          "DIAS looks at feature maps and needs a backbone of at least three stages; %s says of %d: let it implement Backbone.stages"
              .formatted(network.backbone().getClass().getSimpleName(), stages));
    }
  }

  /**
   * @param first after the first group
   * @param second after the second group
   */
  record Maps(Operand<? extends TFloating> first, Operand<? extends TFloating> second) {}

  /**
   * @param net the root of the network, or of one of its form
   * @param pixels [batch, height, width, channels], 0 to 255
   */
  Maps maps(Net net, Operand<TFloat32> pixels) {
    var last = network.backbone().stages().size() - 1;
    var standard = network.input().standardize(net.in("input"), pixels);
    var first = run(net, standard, 0, last - 1);
    return new Maps(first, run(net, first, last - 1, last));
  }

  /** From what is there after the first group to the embedding. */
  Operand<TFloat32> afterFirst(Net net, Operand<? extends TFloating> map) {
    var stages = network.backbone().stages().size();
    return net.cast(run(net, map, stages - 2, stages), TFloat32.class);
  }

  /** From what is there after the second group to the embedding. */
  Operand<TFloat32> afterSecond(Net net, Operand<? extends TFloating> map) {
    var stages = network.backbone().stages().size();
    return net.cast(run(net, map, stages - 1, stages), TFloat32.class);
  }

  private Operand<? extends TFloating> run(
      Net net, Operand<? extends TFloating> input, int from, int to) {
    var x = input;
    for (var stage : network.backbone().stages().subList(from, to)) {
      x = stage.apply(OpenSetNetwork.backboneNet(net), x);
    }
    return x;
  }
}
