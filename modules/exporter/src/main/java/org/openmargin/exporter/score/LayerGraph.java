package org.openmargin.exporter.score;

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
import org.tensorflow.types.family.TFloating;

/**
 * Scores of features, and the scale on which scores are joined, as operations in double precision.
 *
 * @param features by name: [n, size] each
 */
record LayerGraph<T extends TFloating>(Reals<T> real, Map<String, Operand<TFloat32>> features) {

  /** {@code min_c sum_f D_f(x_f, c) / d_f}: [n]. */
  Operand<T> score(LayerGaussian scorer) {
    var sum =
        scorer.layers().stream()
            .map(layer -> distances(layer.feature(), layer.gaussians()))
            .reduce(tf().math::add)
            .orElseThrow();
    return tf().reduceMin(sum, tf().array(1));
  }

  /** Distance to each class per number of the feature: [n, C]. */
  private Operand<T> distances(String feature, ClassGaussians gaussians) {
    var x = real.of(features.get(feature));
    var graph = new EmbeddingScoreGraph<>(real, x);
    var columns = new ArrayList<Operand<T>>();
    for (var c = 0; c < gaussians.classes().size(); c++) {
      var squared = graph.squaredLength(gaussians.classes().get(c));
      var half = tf().math.mul(squared, real.of(0.5));
      columns.add(tf().math.add(half, real.of(gaussians.halfLogDeterminants()[c])));
    }
    return tf().math.div(tf().stack(columns, Stack.axis(1L)), real.of((double) gaussians.size()));
  }

  /** {@code -1/F sum_f cos_(k)(z_f)}: [n]. */
  Operand<T> knn(LayerKnn scorer) {
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
  Operand<T> virtualLogit(LayerVim scorer) {
    return mean(
        scorer.layers().stream()
            .map(
                layer -> {
                  var z = standardized(layer.feature(), layer.standardization());
                  return tf().math.mul(z.length(layer.space().basis()), real.of(layer.factor()));
                })
            .toList());
  }

  private EmbeddingScoreGraph<T> standardized(String feature, Standardization by) {
    var x = real.of(features.get(feature));
    var centred = tf().math.sub(x, real.of(by.mean()));
    return new EmbeddingScoreGraph<>(real, tf().math.mul(centred, real.of(by.inverse())));
  }

  /** As the bank is. */
  private EmbeddingScoreGraph<T> rounded(EmbeddingScoreGraph<T> graph) {
    var floats = tf().dtypes.cast(graph.embeddings(), TFloat32.class);
    return new EmbeddingScoreGraph<>(real, real.of(floats));
  }

  private Operand<T> mean(List<? extends Operand<T>> scores) {
    var sum = scores.stream().map(score -> (Operand<T>) score).reduce(tf().math::add);
    return tf().math.div(sum.orElseThrow(), real.of((double) scores.size()));
  }

  /** {@link TailScale#of} of each score: [n] to [n]. */
  Operand<T> surprise(TailScale scale, Operand<T> score) {
    var at = scale.scores();
    var last = at.length - 1;
    var result = line(score, at[last], scale.surprise()[last], scale.tailSlope());
    for (var piece = last - 1; piece >= 0; piece--) {
      var inside = line(score, at[piece], scale.surprise()[piece], scale.slope(piece, piece + 1));
      var above = tf().math.greater(score, real.of(at[piece + 1]));
      result = tf().select(above, result, inside);
    }
    return result;
  }

  private Operand<T> line(Operand<T> score, double from, double height, double slope) {
    var along = tf().math.mul(tf().math.sub(score, real.of(from)), real.of(slope));
    return tf().math.add(real.of(height), along);
  }

  private Ops tf() {
    return real.tf();
  }
}
