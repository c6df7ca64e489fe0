package org.openmargin.exporter.score;

import java.util.Arrays;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
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
    var squared = new EmbeddingScoreGraph<>(real, x).squaredLengths(gaussians.classes());
    var halves = tf().math.mul(squared, real.of(0.5));
    var distances = tf().math.add(halves, real.of(gaussians.halfLogDeterminants()));
    return tf().math.div(distances, real.of((double) gaussians.size()));
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
    var from = scale.scores();
    var last = from.length - 1;
    var slopes = new double[from.length];
    Arrays.setAll(slopes, i -> i < last ? scale.slope(i, i + 1) : scale.tailSlope());
    var ends = real.of(Arrays.copyOfRange(from, 1, from.length));
    var behind = tf().math.greater(tf().expandDims(score, tf().constant(1)), ends);
    var piece = tf().reduceSum(tf().dtypes.cast(behind, TInt32.class), tf().array(1));
    var along = tf().math.mul(tf().math.sub(score, at(from, piece)), at(slopes, piece));
    return tf().math.add(at(scale.surprise(), piece), along);
  }

  private Operand<T> at(double[] values, Operand<TInt32> index) {
    return tf().gather(real.of(values), index, tf().constant(0));
  }

  private Ops tf() {
    return real.tf();
  }
}
