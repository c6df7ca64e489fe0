package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** A backbone that can run stage by stage, for losses that use intermediate feature maps. */
public interface StagedBackbone extends Backbone {

  int stages();

  /** Names of the feature maps that the stages give, in order; the last stage gives none. */
  List<String> maps();

  /**
   * Runs one stage.
   *
   * @param net the backbone's place, the same for all stages
   * @param index from 0
   * @param x the standardised images, or the previous stage's output
   * @return a feature map, or the embeddings for the last stage
   */
  Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x);

  /** Runs the stages {@code from} (inclusive) to {@code to} (exclusive). */
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
