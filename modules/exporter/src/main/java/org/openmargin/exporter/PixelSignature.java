package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.exporter.score.DecisionGraph;
import org.openmargin.exporter.score.Reals;
import org.openmargin.exporter.score.SimilarityGraph;
import org.openmargin.exporter.score.UnknownScoreGraph;
import org.openmargin.nn.OpenSetNetwork.Endpoints;
import org.openmargin.scoring.evaluation.Guard;
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
 * @param request with the decision in the graph
 * @param endpoints what the network gives
 */
record PixelSignature(Reals<TFloat32> real, ExportRequest request, Endpoints endpoints) {

  ServingSignature of(Operand<TFloat32> pixels) {
    var tf = real.tf();
    var decision = request.decision();
    var known = decision.head().knownClasses();
    var best = UnknownScoreGraph.Best.of(tf, endpoints.logits(), known);
    var rows =
        new UnknownScoreGraph.Rows(
            endpoints.logits(), endpoints.embeddings(), endpoints.scale(), endpoints.features());
    var graph = new UnknownScoreGraph<>(real, rows, known, best);
    var named = DecisionGraph.PIXELS;
    var inputs =
        named.named(
            tf,
            new DecisionGraph.Inputs(
                endpoints.logits(), best.index(), graph.of(decision.scorer())));
    var score = inputs.score();
    var decided = named.of(tf, inputs, decision.rule(), known);
    var embeddings = embeddings();
    var finite = finite(tf, List.of(decided.probabilities(), inputs.logits(), embeddings));
    var outputs = new LinkedHashMap<String, Operand<?>>();
    outputs.put(ModelContract.PROBABILITIES, decided.probabilities());
    outputs.put(ModelContract.LOGITS, inputs.logits());
    outputs.put(ModelContract.EMBEDDING, embeddings);
    outputs.put(ModelContract.BEST_KNOWN_INDEX, inputs.best());
    outputs.put(
        ModelContract.IS_UNKNOWN,
        tf.math.logicalNot(tf.math.logicalAnd(finite, accepted(tf, score, decided.limit()))));
    outputs.put(
        ModelContract.INPUT_IS_UNUSUAL,
        decision
            .guard()
            .<Operand<TBool>>map(
                guard ->
                    tf.math.logicalNot(accepted(tf, guardScore(graph, guard), limit(tf, guard))))
            .orElseGet(() -> never(tf, score)));
    outputs.put(ModelContract.P_VALUE, tf.select(finite, decided.pValue(), tf.constant(0f)));
    outputs.put(ModelContract.UNKNOWN_SCORE, score);
    return new ServingSignature(
        ModelContract.SERVING_PIXELS, Map.of(ModelContract.PIXELS, pixels), outputs);
  }

  private Operand<TFloat32> embeddings() {
    return request
        .source()
        .similarity()
        .map(new SimilarityGraph<>(real, endpoints.features())::of)
        .orElse(endpoints.embeddings());
  }

  /**
   * Whether all numbers of a row are finite: [n]. A comparison with NaN is false in every runtime,
   * a maximum with it is not the same in all.
   */
  private static Operand<TBool> finite(Ops tf, List<Operand<TFloat32>> rows) {
    var sizes = tf.math.abs(tf.concat(rows, tf.constant(1)));
    var each = tf.math.lessEqual(sizes, tf.constant(Float.MAX_VALUE));
    var all = tf.reduceMin(tf.dtypes.cast(each, TFloat32.class), tf.array(1));
    return tf.math.greater(all, tf.constant(0.5f));
  }

  private Operand<TFloat32> guardScore(UnknownScoreGraph<TFloat32> graph, Guard guard) {
    return real.tf().withName(ModelContract.PIXEL_GUARD_SCORE).identity(graph.of(guard.scorer()));
  }

  /** {@code -largest < score <= threshold}: a score that is not finite is not accepted. */
  private static Operand<TBool> accepted(Ops tf, Operand<TFloat32> score, Operand<TFloat32> limit) {
    return tf.math.logicalAnd(
        tf.math.less(tf.constant(-Float.MAX_VALUE), score), tf.math.lessEqual(score, limit));
  }

  private static Operand<TFloat32> limit(Ops tf, Guard guard) {
    return tf.constant(DecisionGraph.limit(guard.threshold()));
  }

  private static Operand<TBool> never(Ops tf, Operand<TFloat32> score) {
    return tf.math.less(tf.math.abs(score), tf.constant(-1f));
  }
}
