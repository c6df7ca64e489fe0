package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.exporter.score.ConformalPValue;
import org.openmargin.exporter.score.Reals;
import org.openmargin.exporter.score.UnknownScoreGraph;
import org.openmargin.nn.OpenSetNetwork.Endpoints;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The signature {@code serving_pixels}: images of the network's size in, floats and booleans out,
 * by operations that ONNX, OpenVINO, TensorFlow Lite and XLA know. It needs at least one image.
 *
 * <p>The score is computed in floats: it differs from that of the other signatures by rounding.
 *
 * @param decision in the graph
 * @param endpoints what the network gives
 */
record PixelSignature(Reals<TFloat32> real, ExportRequest.Decision decision, Endpoints endpoints) {

  ServingSignature of(Operand<TFloat32> pixels) {
    var tf = real.tf();
    var logits = endpoints.logits();
    var known = decision.head().knownClasses();
    var best = UnknownScoreGraph.Best.of(tf, logits, known);
    var rows =
        new UnknownScoreGraph.Rows(
            logits, endpoints.embeddings(), endpoints.scale(), endpoints.features());
    var graph = new UnknownScoreGraph<>(real, rows, known, best);
    var score = graph.of(decision.scorer());
    var outputs = new LinkedHashMap<String, Operand<?>>();
    outputs.put(
        ModelContract.PROBABILITIES, UnknownScoreGraph.first(tf, tf.nn.softmax(logits), known));
    outputs.put(ModelContract.LOGITS, logits);
    outputs.put(ModelContract.EMBEDDING, endpoints.embeddings());
    outputs.put(ModelContract.BEST_KNOWN_INDEX, best.index());
    outputs.put(ModelContract.IS_UNKNOWN, rejected(tf, score, decision.threshold()));
    outputs.put(
        ModelContract.INPUT_IS_UNUSUAL,
        decision
            .guard()
            .map(guard -> rejected(tf, graph.of(guard.scorer()), guard.threshold()))
            .orElseGet(() -> never(tf, score)));
    outputs.put(ModelContract.P_VALUE, ConformalPValue.of(tf, score, decision.calibration()));
    outputs.put(ModelContract.UNKNOWN_SCORE, score);
    return new ServingSignature(
        ModelContract.SERVING_PIXELS, Map.of(ModelContract.PIXELS, pixels), outputs);
  }

  /** {@code not (-largest < score <= threshold)}: a score that is not finite is rejected. */
  private static Operand<TBool> rejected(
      Ops tf, Operand<TFloat32> score, AcceptanceThreshold threshold) {
    return tf.math.logicalNot(
        tf.math.logicalAnd(
            tf.math.less(tf.constant(-Float.MAX_VALUE), score),
            tf.math.lessEqual(score, ImageAnswers.limit(tf, threshold))));
  }

  private static Operand<TBool> never(Ops tf, Operand<TFloat32> score) {
    return tf.math.less(tf.math.abs(score), tf.constant(-1f));
  }
}
