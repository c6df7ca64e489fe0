package org.openmargin.exporter.score;

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
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The unknown scores of module scoring as operations, also in double precision; the scorers'
 * documentation states the formulas.
 *
 * @param rows outputs of the network
 * @param knownClasses C
 * @param built the scores that are in the graph already: a guard shares parts, and their constants,
 *     with the decision
 */
public record UnknownScoreGraph<T extends TFloating>(
    Reals<T> real,
    UnknownScoreGraph.Rows rows,
    int knownClasses,
    UnknownScoreGraph.Best best,
    Map<Scorer, Operand<T>> built) {

  public UnknownScoreGraph(Reals<T> real, Rows rows, int knownClasses, Best best) {
    this(real, rows, knownClasses, best, new IdentityHashMap<>());
  }

  /**
   * @param logits [n, columns]
   * @param embeddings [n, d]
   * @param scale scalar, the factor of a cosine head
   * @param features by name: [n, size] each
   */
  public record Rows(
      Operand<TFloat32> logits,
      Operand<TFloat32> embeddings,
      Operand<TFloat32> scale,
      Map<String, Operand<TFloat32>> features) {}

  /**
   * @param logit [n, 1]
   * @param index [n], the first one on ties, as TopKV2 documents
   */
  public record Best(Operand<TFloat32> logit, Operand<TInt64> index) {
    public static Best of(Ops tf, Operand<TFloat32> logits, int knownClasses) {
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
  public Operand<T> of(Scorer scorer) {
    return built.computeIfAbsent(scorer, this::score);
  }

  private Operand<T> score(Scorer scorer) {
    var z = columns(knownClasses);
    var x = new EmbeddingScoreGraph<>(real, real.of(rows.embeddings()));
    var softmax = new LogitScoreGraph<>(real, best);
    return switch (scorer.type()) {
      case MAX_PROBABILITY_OPEN ->
          softmax.maxProbability((MaxProbability) scorer, columns(knownClasses + 1));
      case MAX_PROBABILITY_CLOSED -> softmax.maxProbability((MaxProbability) scorer, z);
      case MAX_LOGIT -> softmax.maxLogit();
      case ENERGY -> minusLogSumExp(real, z, ((Energy) scorer).temperature());
      case MAX_COSINE -> softmax.maxCosine(rows.scale());
      case ENTROPY -> softmax.entropy(z);
      case PROTOTYPE_DISTANCE -> x.prototypeDistance((PrototypeDistance) scorer);
      case MAHALANOBIS -> x.mahalanobis((Mahalanobis) scorer);
      case RELATIVE_MAHALANOBIS -> x.relativeMahalanobis((RelativeMahalanobis) scorer);
      case KNN -> x.bank(scorer).knn((Knn) scorer);
      case VIM -> tf().math.add(x.virtualLogit((Vim) scorer), minusLogSumExp(real, z, 1));
      case OPENMAX -> new OpenMaxGraph<>(real, z, (OpenMax) scorer).score();
      case REACT ->
          minusLogSumExp(real, x.clippedLogits((React) scorer), ((React) scorer).temperature());
      case GEN -> new GenGraph<>(real, z, (Gen) scorer).score();
      case ODIN ->
          softmax.minusLogProbability(tf().math.div(z, real.of(((Odin) scorer).temperature())));
      case NNGUIDE ->
          tf().math.mul(minusLogSumExp(real, z, 1), x.bank(scorer).guidance((NnGuide) scorer));
      case GAUSSIAN_DENSITY -> x.gaussianDensity((GaussianDensity) scorer);
      case LAYER_GAUSSIAN -> layers().score((LayerGaussian) scorer);
      case LAYER_KNN -> layers().knn((LayerKnn) scorer);
      case LAYER_VIM ->
          tf().math.add(layers().virtualLogit((LayerVim) scorer), minusLogSumExp(real, z, 1));
      case COMBINATION -> combination((Combination) scorer);
    };
  }

  private Operand<T> combination(Combination scorer) {
    return scorer.parts().stream()
        .map(part -> layers().surprise(part.scale(), of(part.scorer())))
        .reduce(
            (a, b) ->
                switch (scorer.rule()) {
                  case FISHER -> tf().math.add(a, b);
                  case LARGEST -> tf().math.maximum(a, b);
                })
        .orElseThrow();
  }

  /** {@code -T log sum exp(z / T)}: [n, c] to [n]. */
  static <T extends TFloating> Operand<T> minusLogSumExp(
      Reals<T> real, Operand<T> logits, double temperature) {
    var tf = real.tf();
    var z = tf.math.div(logits, real.of(temperature));
    var max = tf.reduceMax(z, tf.array(1));
    var sum =
        tf.reduceSum(tf.math.exp(tf.math.sub(z, tf.expandDims(max, tf.constant(1)))), tf.array(1));
    return tf.math.mul(tf.math.add(max, tf.math.log(sum)), real.of(-temperature));
  }

  /** [n, count]. */
  private Operand<T> columns(int count) {
    return real.of(first(tf(), rows.logits(), count));
  }

  /** The first columns of [n, columns]. */
  public static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x, int columns) {
    return tf.slice(x, tf.array(0, 0), tf.array(-1, columns));
  }

  private LayerGraph<T> layers() {
    return new LayerGraph<>(real, rows.features());
  }

  private Ops tf() {
    return real.tf();
  }
}
