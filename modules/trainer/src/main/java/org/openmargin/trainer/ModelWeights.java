package org.openmargin.trainer;

import java.util.stream.Collectors;
import org.openmargin.nn.Features;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.nn.Views;
import org.openmargin.trainer.weights.WeightDigest;

/** The weights of a checkpoint that answers are computed from: without an optimizer's state. */
public final class ModelWeights {
  private ModelWeights() {}

  /**
   * SHA-256 of the weights, see {@link WeightDigest}.
   *
   * @throws org.openmargin.trainer.weights.WeightsException if they are damaged
   */
  public static String digest(OpenSetNetwork network, Checkpoint checkpoint) {
    try (var graph = InferenceGraph.of(network.with(Views.SINGLE).with(Features.NONE))) {
      var names = graph.model().stream().map(Variable::name).collect(Collectors.toSet());
      return WeightDigest.of(checkpoint.variables(), names);
    }
  }
}
