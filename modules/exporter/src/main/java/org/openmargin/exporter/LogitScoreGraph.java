package org.openmargin.exporter;

import org.openmargin.scoring.scorer.MaxProbability;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** The scorers of the best logit and of a softmax, as operations in double precision. */
record LogitScoreGraph(Ops tf, UnknownScoreGraph.Best best) {

  /**
   * {@code -log p_max}, or {@code 1 - p_max = -expm1(log p_max)}: [n].
   *
   * @param z [n, c], the columns that the softmax sums over
   */
  Operand<TFloat64> maxProbability(MaxProbability scorer, Operand<TFloat64> z) {
    var minusLog = minusLogProbability(z);
    return scorer.domain() == MaxProbability.Domain.LOG
        ? minusLog
        : tf.math.neg(tf.math.expm1(tf.math.neg(minusLog)));
  }

  /** {@code -max z}. */
  Operand<TFloat64> maxLogit() {
    return tf.math.neg(bestLogit());
  }

  /** {@code -max z / s}. */
  Operand<TFloat64> maxCosine(Operand<TFloat32> scale) {
    return tf.math.div(tf.math.neg(bestLogit()), tf.dtypes.cast(scale, TFloat64.class));
  }

  /**
   * {@code log sum_j exp(z_j - z_best)}. The term of the best class is exactly 1 and is added by
   * log1p, so that the score of a confident image does not become 0.
   *
   * @param z [n, c], the known logits first
   */
  Operand<TFloat64> minusLogProbability(Operand<TFloat64> z) {
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
  Operand<TFloat64> entropy(Operand<TFloat64> z) {
    var behind = tf.math.sub(column(bestLogit()), z);
    var minusLog = tf.math.add(column(minusLogProbability(z)), behind);
    return tf.reduceSum(tf.math.mul(tf.math.exp(tf.math.neg(minusLog)), minusLog), tf.array(1));
  }

  /** [n]. */
  private Operand<TFloat64> bestLogit() {
    return tf.reshape(tf.dtypes.cast(best.logit(), TFloat64.class), tf.array(-1));
  }

  /** [n] to [n, 1]. */
  private Operand<TFloat64> column(Operand<TFloat64> x) {
    return tf.expandDims(x, tf.constant(1));
  }
}
