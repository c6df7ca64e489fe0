package org.openmargin.exporter.score;

import org.openmargin.scoring.scorer.MaxProbability;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** The scorers of the best logit and of a softmax, as operations in double precision. */
record LogitScoreGraph<T extends TFloating>(Reals<T> real, UnknownScoreGraph.Best best) {

  /**
   * {@code -log p_max}, or {@code 1 - p_max = -expm1(log p_max)}: [n].
   *
   * @param z [n, c], the columns that the softmax sums over
   */
  Operand<T> maxProbability(MaxProbability scorer, Operand<T> z) {
    var minusLog = minusLogProbability(z);
    return scorer.domain() == MaxProbability.Domain.LOG
        ? minusLog
        : tf().math.neg(real.expm1(tf().math.neg(minusLog)));
  }

  /** {@code -max z}. */
  Operand<T> maxLogit() {
    return tf().math.neg(bestLogit());
  }

  /** {@code -max z / s}. */
  Operand<T> maxCosine(Operand<TFloat32> scale) {
    return tf().math.div(tf().math.neg(bestLogit()), real.of(scale));
  }

  /**
   * {@code log sum_j exp(z_j - z_best)}. The term of the best class is exactly 1 and is added by
   * log1p, so that the score of a confident image does not become 0.
   *
   * @param z [n, c], the known logits first
   */
  Operand<T> minusLogProbability(Operand<T> z) {
    var columns = (int) z.shape().get(1);
    var ofBest = tf().gather(z, best.index(), tf().constant(1), Gather.batchDims(1L));
    var difference = tf().math.sub(z, column(ofBest));
    var largest = tf().reduceMax(difference, tf().array(1));
    var terms = tf().math.exp(tf().math.sub(difference, column(largest)));
    var notBest = tf().oneHot(best.index(), tf().constant(columns), real.of(0), real.of(1));
    var others = tf().reduceSum(tf().math.mul(terms, notBest), tf().array(1));
    var rest = tf().math.add(tf().math.exp(tf().math.neg(largest)), others);
    return tf().select(
            tf().math.equal(largest, real.of(0)),
            real.log1p(others),
            tf().math.add(largest, tf().math.log(rest)));
  }

  /** {@code sum p_j l_j}, {@code l_j = l_best + z_best - z_j}. */
  Operand<T> entropy(Operand<T> z) {
    var behind = tf().math.sub(column(bestLogit()), z);
    var minusLog = tf().math.add(column(minusLogProbability(z)), behind);
    return tf().reduceSum(
            tf().math.mul(tf().math.exp(tf().math.neg(minusLog)), minusLog), tf().array(1));
  }

  /** [n]. */
  private Operand<T> bestLogit() {
    return tf().reshape(real.of(best.logit()), tf().array(-1));
  }

  /** [n] to [n, 1]. */
  private Operand<T> column(Operand<T> x) {
    return tf().expandDims(x, tf().constant(1));
  }

  private Ops tf() {
    return real.tf();
  }
}
