package org.openmargin.exporter;

import java.util.function.ToDoubleFunction;
import org.openmargin.scoring.numeric.Weibull;
import org.openmargin.scoring.scorer.OpenMax;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat64;

/**
 * {@link OpenMax} as operations.
 *
 * @param logits [n, C]
 */
record OpenMaxGraph(Ops tf, Operand<TFloat64> logits, OpenMax openMax) {

  /** [n]. */
  Operand<TFloat64> score() {
    var weights = tf.math.mul(rankWeights(), tailProbabilities());
    var lost = tf.math.mul(logits, weights);
    var lowered = tf.math.mul(logits, tf.math.sub(tf.constant(1.0), weights));
    return tf.math.add(
        tf.reduceSum(lost, tf.array(1)), UnknownScoreGraph.minusLogSumExp(tf, lowered, 1));
  }

  /** {@code (A + 1 - r_c) / A} up to rank A, else 0: [n, C]. */
  private Operand<TFloat64> rankWeights() {
    var ranks = openMax.ranks();
    var classes = openMax.head().knownClasses();
    var weights = new double[ranks][1];
    for (var rank = 0; rank < ranks; rank++) {
      weights[rank][0] = (double) (ranks - rank) / ranks;
    }
    var order = tf.nn.topK(logits, tf.constant(ranks), new TopK.Options[0]).indices();
    var isRank = tf.oneHot(order, tf.constant(classes), tf.constant(1.0), tf.constant(0.0));
    return tf.reduceSum(tf.math.mul(isRank, tf.constant(weights)), tf.array(1));
  }

  /** {@code F_c(|z - mu_c|)}: [n, C]. */
  private Operand<TFloat64> tailProbabilities() {
    var distances = tf.math.sqrt(EmbeddingScoreGraph.squaredDistances(tf, logits, openMax.means()));
    var beyond = tf.math.maximum(tf.math.sub(distances, all(Weibull::shift)), tf.constant(0.0));
    var power = tf.math.pow(tf.math.div(beyond, all(Weibull::scale)), all(Weibull::shape));
    return tf.math.neg(tf.math.expm1(tf.math.neg(power)));
  }

  private Operand<TFloat64> all(ToDoubleFunction<Weibull> parameter) {
    return tf.constant(openMax.tails().stream().mapToDouble(parameter).toArray());
  }
}
