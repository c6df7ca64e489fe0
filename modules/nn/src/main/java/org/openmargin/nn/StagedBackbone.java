package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** A backbone that is run stage by stage, for losses that use the feature maps in between. */
public interface StagedBackbone extends Backbone {

  /** Number of stages. */
  int stages();

  /**
   * Runs one stage.
   *
   * @param net the backbone's place, the same for all stages
   * @param index from 0
   * @param x the standardised images, or what the stage before gave
   * @return a feature map; the last stage gives the embeddings
   */
  Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x);

  /** Runs the stages from {@code from} to before {@code to}. */
  default Operand<? extends TFloating> run(
      Net net, Operand<? extends TFloating> input, int from, int to) {
    var x = input;
    for (var index = from; index < to; index++) {
      x = stage(net, index, x);
    }
    return x;
  }

  @Override
  default Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
    return net.cast(run(net, images, 0, stages()), TFloat32.class);
  }
}
