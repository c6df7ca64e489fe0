package org.openmargin.exporter;

import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
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
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * The unknown scores of module scoring as operations, in double precision as there: the formulas
 * are stated in the scorers' own documentation.
 *
 * @param tf where to add operations
 * @param rows what the network says
 * @param knownClasses C
 * @param best the largest known logit
 */
record UnknownScoreGraph(
    Ops tf, UnknownScoreGraph.Rows rows, int knownClasses, UnknownScoreGraph.Best best) {

  /**
   * @param logits [n, columns]
   * @param embeddings [n, d]
   * @param scale scalar, the factor of a cosine head
   */
  record Rows(Operand<TFloat32> logits, Operand<TFloat32> embeddings, Operand<TFloat32> scale) {}

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
    var z = columns(knownClasses);
    var x = new EmbeddingScoreGraph(tf, tf.dtypes.cast(rows.embeddings(), TFloat64.class));
    return switch (scorer.type()) {
      case MAX_PROBABILITY_OPEN, MAX_PROBABILITY_CLOSED -> maxProbability((MaxProbability) scorer);
      case MAX_LOGIT -> maxLogit();
      case ENERGY -> minusLogSumExp(tf, z, ((Energy) scorer).temperature());
      case MAX_COSINE -> maxCosine();
      case ENTROPY -> entropy();
      case PROTOTYPE_DISTANCE -> x.prototypeDistance((PrototypeDistance) scorer);
      case MAHALANOBIS -> x.mahalanobis((Mahalanobis) scorer);
      case RELATIVE_MAHALANOBIS -> x.relativeMahalanobis((RelativeMahalanobis) scorer);
      case KNN -> x.bank(scorer).knn((Knn) scorer);
      case VIM -> tf.math.add(x.virtualLogit((Vim) scorer), minusLogSumExp(tf, z, 1));
      case OPENMAX -> new OpenMaxGraph(tf, z, (OpenMax) scorer).score();
      case REACT ->
          minusLogSumExp(tf, x.clippedLogits((React) scorer), ((React) scorer).temperature());
      case GEN -> new GenGraph(tf, z, (Gen) scorer).score();
      case ODIN -> minusLogProbability(tf.math.div(z, tf.constant(((Odin) scorer).temperature())));
      case NNGUIDE ->
          tf.math.mul(minusLogSumExp(tf, z, 1), x.bank(scorer).guidance((NnGuide) scorer));
      case GAUSSIAN_DENSITY -> x.gaussianDensity((GaussianDensity) scorer);
    };
  }

  /** {@code -log p_max}, or {@code 1 - p_max = -expm1(log p_max)}. */
  private Operand<TFloat64> maxProbability(MaxProbability scorer) {
    var columns =
        scorer.softmax() == MaxProbability.Softmax.OPEN
            ? scorer.head().columns()
            : scorer.head().knownClasses();
    var minusLog = minusLogProbability(columns(columns));
    return scorer.domain() == MaxProbability.Domain.LOG
        ? minusLog
        : tf.math.neg(tf.math.expm1(tf.math.neg(minusLog)));
  }

  /** {@code -max z}. */
  private Operand<TFloat64> maxLogit() {
    return tf.math.neg(bestLogit());
  }

  /** {@code -T log sum exp(z / T)}: [n, c] to [n]. */
  static Operand<TFloat64> minusLogSumExp(Ops tf, Operand<TFloat64> logits, double temperature) {
    var z = tf.math.div(logits, tf.constant(temperature));
    var max = tf.reduceMax(z, tf.array(1));
    var sum =
        tf.reduceSum(tf.math.exp(tf.math.sub(z, tf.expandDims(max, tf.constant(1)))), tf.array(1));
    return tf.math.mul(tf.math.add(max, tf.math.log(sum)), tf.constant(-temperature));
  }

  /** {@code -max z / s}. */
  private Operand<TFloat64> maxCosine() {
    return tf.math.div(tf.math.neg(bestLogit()), tf.dtypes.cast(rows.scale(), TFloat64.class));
  }

  /**
   * {@code log sum_j exp(z_j - z_best)}. The term of the best class is exactly 1 and is left to
   * log1p, so that the score of a confident image does not become 0.
   *
   * @param z [n, c], the known logits first
   */
  private Operand<TFloat64> minusLogProbability(Operand<TFloat64> z) {
    var columns = (int) z.shape().get(1);
    var ofBest = tf.gather(z, best.index(), tf.constant(1), Gather.batchDims(1L));
    var difference = tf.math.sub(z, column(ofBest));
    var largest = tf.reduceMax(difference, tf.array(1));
    var terms = tf.math.exp(tf.math.sub(difference, column(largest)));
    var notBest = tf.oneHot(best.index(), tf.constant(columns), tf.constant(0.0), tf.constant(1.0));
    var others = tf.reduceSum(tf.math.mul(terms, notBest), tf.array(1));
    var rest = tf.math.add(tf.math.exp(tf.math.neg(largest)), others);
    return tf.select(
        tf.math.equal(largest, tf.constant(0.0)),
        tf.math.log1p(others),
        tf.math.add(largest, tf.math.log(rest)));
  }

  /** {@code sum p_j l_j}, {@code l_j = l_best + z_best - z_j}. */
  private Operand<TFloat64> entropy() {
    var z = columns(knownClasses);
    var behind = tf.math.sub(column(bestLogit()), z);
    var minusLog = tf.math.add(column(minusLogProbability(z)), behind);
    return tf.reduceSum(tf.math.mul(tf.math.exp(tf.math.neg(minusLog)), minusLog), tf.array(1));
  }

  /** [n]. */
  private Operand<TFloat64> bestLogit() {
    return tf.reshape(tf.dtypes.cast(best.logit(), TFloat64.class), tf.array(-1));
  }

  /** [n, count]. */
  private Operand<TFloat64> columns(int count) {
    return tf.dtypes.cast(first(tf, rows.logits(), count), TFloat64.class);
  }

  /** [n] to [n, 1]. */
  private Operand<TFloat64> column(Operand<TFloat64> x) {
    return tf.expandDims(x, tf.constant(1));
  }

  /** The first columns of [n, columns]. */
  static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x, int columns) {
    return tf.slice(x, tf.array(0, 0), tf.array(-1, columns));
  }
}
