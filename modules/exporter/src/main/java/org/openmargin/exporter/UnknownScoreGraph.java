package org.openmargin.exporter;

import java.util.IdentityHashMap;
import java.util.Map;
import org.openmargin.scoring.scorer.Combination;
import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.LayerGaussian;
import org.openmargin.scoring.scorer.LayerKnn;
import org.openmargin.scoring.scorer.LayerVim;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.NnGuide;
import org.openmargin.scoring.scorer.Odin;
import org.openmargin.scoring.scorer.OpenMax;
import org.openmargin.scoring.scorer.PrototypeDistance;
import org.openmargin.scoring.scorer.React;
import org.openmargin.scoring.scorer.RelativeMahalanobis;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.Vim;
import org.openmargin.serving.ModelException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * The unknown scores of module scoring as operations, also in double precision; the scorers'
 * documentation states the formulas.
 *
 * @param rows outputs of the network
 * @param knownClasses C
 * @param built the scores that are in the graph already: a guard shares parts, and their constants,
 *     with the decision
 */
record UnknownScoreGraph(
    Ops tf,
    UnknownScoreGraph.Rows rows,
    int knownClasses,
    UnknownScoreGraph.Best best,
    Map<Scorer, Operand<TFloat64>> built) {

  UnknownScoreGraph(Ops tf, Rows rows, int knownClasses, Best best) {
    this(tf, rows, knownClasses, best, new IdentityHashMap<>());
  }

  /**
   * @param logits [n, columns]
   * @param embeddings [n, d]
   * @param scale scalar, the factor of a cosine head
   * @param features by name: [n, size] each
   */
  record Rows(
      Operand<TFloat32> logits,
      Operand<TFloat32> embeddings,
      Operand<TFloat32> scale,
      Map<String, Operand<TFloat32>> features) {}

  /**
   * @param logit [n, 1]
   * @param index [n], the first one on ties, as TopKV2 documents
   */
  record Best(Operand<TFloat32> logit, Operand<TInt64> index) {
    static Best of(Ops tf, Operand<TFloat32> logits, int knownClasses) {
      var known = first(tf, logits, knownClasses);
      var top = tf.nn.topK(known, tf.constant(1), new TopK.Options[0]);
      var index = tf.reshape(top.indices(), tf.array(-1));
      return new Best(top.values(), tf.dtypes.cast(index, TInt64.class));
    }
  }

  /**
   * The scorer's unknown score.
   *
   * @return [n]
   * @throws ModelException if the scorer keeps more training embeddings than fit in a graph
   */
  Operand<TFloat64> of(Scorer scorer) {
    return built.computeIfAbsent(scorer, this::score);
  }

  private Operand<TFloat64> score(Scorer scorer) {
    var z = columns(knownClasses);
    var x = new EmbeddingScoreGraph(tf, tf.dtypes.cast(rows.embeddings(), TFloat64.class));
    var softmax = new LogitScoreGraph(tf, best);
    return switch (scorer.type()) {
      case MAX_PROBABILITY_OPEN ->
          softmax.maxProbability((MaxProbability) scorer, columns(knownClasses + 1));
      case MAX_PROBABILITY_CLOSED -> softmax.maxProbability((MaxProbability) scorer, z);
      case MAX_LOGIT -> softmax.maxLogit();
      case ENERGY -> minusLogSumExp(tf, z, ((Energy) scorer).temperature());
      case MAX_COSINE -> softmax.maxCosine(rows.scale());
      case ENTROPY -> softmax.entropy(z);
      case PROTOTYPE_DISTANCE -> x.prototypeDistance((PrototypeDistance) scorer);
      case MAHALANOBIS -> x.mahalanobis((Mahalanobis) scorer);
      case RELATIVE_MAHALANOBIS -> x.relativeMahalanobis((RelativeMahalanobis) scorer);
      case KNN -> x.bank(scorer).knn((Knn) scorer);
      case VIM -> tf.math.add(x.virtualLogit((Vim) scorer), minusLogSumExp(tf, z, 1));
      case OPENMAX -> new OpenMaxGraph(tf, z, (OpenMax) scorer).score();
      case REACT ->
          minusLogSumExp(tf, x.clippedLogits((React) scorer), ((React) scorer).temperature());
      case GEN -> new GenGraph(tf, z, (Gen) scorer).score();
      case ODIN ->
          softmax.minusLogProbability(tf.math.div(z, tf.constant(((Odin) scorer).temperature())));
      case NNGUIDE ->
          tf.math.mul(minusLogSumExp(tf, z, 1), x.bank(scorer).guidance((NnGuide) scorer));
      case GAUSSIAN_DENSITY -> x.gaussianDensity((GaussianDensity) scorer);
      case LAYER_GAUSSIAN -> new LayerGraph(tf, rows.features()).score((LayerGaussian) scorer);
      case LAYER_KNN -> new LayerGraph(tf, rows.features()).knn((LayerKnn) scorer);
      case LAYER_VIM ->
          tf.math.add(
              new LayerGraph(tf, rows.features()).virtualLogit((LayerVim) scorer),
              minusLogSumExp(tf, z, 1));
      case COMBINATION -> combination((Combination) scorer);
    };
  }

  private Operand<TFloat64> combination(Combination scorer) {
    return scorer.parts().stream()
        .map(part -> LayerGraph.surprise(tf, part.scale(), of(part.scorer())))
        .reduce(
            (a, b) ->
                switch (scorer.rule()) {
                  case FISHER -> tf.math.add(a, b);
                  case LARGEST -> tf.math.maximum(a, b);
                })
        .orElseThrow();
  }

  /** {@code -T log sum exp(z / T)}: [n, c] to [n]. */
  static Operand<TFloat64> minusLogSumExp(Ops tf, Operand<TFloat64> logits, double temperature) {
    var z = tf.math.div(logits, tf.constant(temperature));
    var max = tf.reduceMax(z, tf.array(1));
    var sum =
        tf.reduceSum(tf.math.exp(tf.math.sub(z, tf.expandDims(max, tf.constant(1)))), tf.array(1));
    return tf.math.mul(tf.math.add(max, tf.math.log(sum)), tf.constant(-temperature));
  }

  /** [n, count]. */
  private Operand<TFloat64> columns(int count) {
    return tf.dtypes.cast(first(tf, rows.logits(), count), TFloat64.class);
  }

  /** The first columns of [n, columns]. */
  static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x, int columns) {
    return tf.slice(x, tf.array(0, 0), tf.array(-1, columns));
  }
}
