package org.openmargin.exporter;

import java.util.Map;
import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.saliency.HeatMap;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The signature {@code explain}: where in an image the evidence for a class is, see {@link
 * HeatMap}. The network is in the graph a second time, with the same weights, so that the answers
 * of the other signatures do not depend on it.
 */
record ExplainSignature(Ops tf, InputTensors inputs, ImageAnswers rows) {

  /**
   * @param net the root of the graph
   * @return empty if the backbone does not show the maps of its stages
   */
  Optional<ServingSignature> of(Net net, OpenSetNetwork network) {
    return HeatMap.stages(network)
        .map(
            backbone -> {
              var index = explained();
              Operand<TInt32> classes = tf.dtypes.cast(index, TInt32.class);
              var batch = inputs.batch();
              var found =
                  HeatMap.of(net, network, backbone, inputs.pixels(), batch.filled(classes));
              return new ServingSignature(
                  ModelContract.EXPLAIN,
                  Map.of(
                      ModelContract.IMAGE_BYTES,
                      inputs.files(),
                      ModelContract.CLASS_INDEX,
                      inputs.classIndex()),
                  Map.of(
                      ModelContract.HEAT_MAP,
                      batch.maps(found.scaled()),
                      ModelContract.EXPLAINED_INDEX,
                      index,
                      ModelContract.REASON,
                      inputs.decoded().reason()));
            });
  }

  /** The client's class, or the best known one where it is negative: [n]. */
  private Operand<TInt64> explained() {
    var best = rows.best().index();
    var wanted = tf.broadcastTo(inputs.classIndex(), tf.shape(best));
    return tf.select(tf.math.less(wanted, tf.constant(0L)), best, wanted);
  }
}
