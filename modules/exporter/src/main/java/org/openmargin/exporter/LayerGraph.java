package org.openmargin.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Standardization;
import org.openmargin.scoring.numeric.TailScale;
import org.openmargin.scoring.scorer.LayerGaussian;
import org.openmargin.scoring.scorer.LayerKnn;
import org.openmargin.scoring.scorer.LayerVim;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Scores of features, and the scale on which scores are joined, as operations in double precision.
 *
 * @param features by name: [n, size] each
 */
record LayerGraph(Ops tf, Map<String, Operand<TFloat32>> features) {

  /** {@code min_c sum_f D_f(x_f, c) / d_f}: [n]. */
  Operand<TFloat64> score(LayerGaussian scorer) {
    var sum =
        scorer.layers().stream()
            .map(layer -> distances(layer.feature(), layer.gaussians()))
            .reduce(tf.math::add)
            .orElseThrow();
    return tf.reduceMin(sum, tf.array(1));
  }

  /** Distance to each class per number of the feature: [n, C]. */
  private Operand<TFloat64> distances(String feature, ClassGaussians gaussians) {
    var x = tf.dtypes.cast(features.get(feature), TFloat64.class);
    var graph = new EmbeddingScoreGraph(tf, x);
    var columns = new ArrayList<Operand<TFloat64>>();
    for (var c = 0; c < gaussians.classes().size(); c++) {
      var squared = graph.squaredLength(gaussians.classes().get(c));
      var half = tf.math.mul(squared, tf.constant(0.5));
      columns.add(tf.math.add(half, tf.constant(gaussians.halfLogDeterminants()[c])));
    }
    return tf.math.div(tf.stack(columns, Stack.axis(1L)), tf.constant((double) gaussians.size()));
  }

  /** {@code -1/F sum_f cos_(k)(z_f)}: [n]. */
  Operand<TFloat64> knn(LayerKnn scorer) {
    return mean(
        scorer.layers().stream()
            .map(
                layer ->
                    rounded(standardized(layer.feature(), layer.standardization()))
                        .bank(scorer)
                        .knn(layer.bank(), layer.inverseLengths(), scorer.neighbours()))
            .toList());
  }

  /** {@code 1/F sum_f a_f |R_f z_f|}: [n]. */
  Operand<TFloat64> virtualLogit(LayerVim scorer) {
    return mean(
        scorer.layers().stream()
            .map(
                layer -> {
                  var z = standardized(layer.feature(), layer.standardization());
                  return tf.math.mul(z.length(layer.space().basis()), tf.constant(layer.factor()));
                })
            .toList());
  }

  private EmbeddingScoreGraph standardized(String feature, Standardization by) {
    var x = tf.dtypes.cast(features.get(feature), TFloat64.class);
    var centred = tf.math.sub(x, tf.constant(by.mean()));
    return new EmbeddingScoreGraph(tf, tf.math.mul(centred, tf.constant(by.inverse())));
  }

  /** As the bank is. */
  private EmbeddingScoreGraph rounded(EmbeddingScoreGraph graph) {
    var floats = tf.dtypes.cast(graph.embeddings(), TFloat32.class);
    return new EmbeddingScoreGraph(tf, tf.dtypes.cast(floats, TFloat64.class));
  }

  private Operand<TFloat64> mean(List<? extends Operand<TFloat64>> scores) {
    var sum = scores.stream().map(score -> (Operand<TFloat64>) score).reduce(tf.math::add);
    return tf.math.div(sum.orElseThrow(), tf.constant((double) scores.size()));
  }

  /** {@link TailScale#of} of each score: [n] to [n]. */
  static Operand<TFloat64> surprise(Ops tf, TailScale scale, Operand<TFloat64> score) {
    var at = scale.scores();
    var last = at.length - 1;
    var result = line(tf, score, at[last], scale.surprise()[last], scale.tailSlope());
    for (var piece = last - 1; piece >= 0; piece--) {
      var inside =
          line(tf, score, at[piece], scale.surprise()[piece], scale.slope(piece, piece + 1));
      var above = tf.math.greater(score, tf.constant(at[piece + 1]));
      result = tf.select(above, result, inside);
    }
    return result;
  }

  private static Operand<TFloat64> line(
      Ops tf, Operand<TFloat64> score, double from, double height, double slope) {
    var along = tf.math.mul(tf.math.sub(score, tf.constant(from)), tf.constant(slope));
    return tf.math.add(tf.constant(height), along);
  }
}
