package org.openmargin.exporter.score;

import java.util.function.ToDoubleFunction;
import org.openmargin.scoring.numeric.Weibull;
import org.openmargin.scoring.scorer.OpenMax;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.family.TFloating;

/**
 * {@link OpenMax} as operations.
 *
 * @param logits [n, C]
 */
record OpenMaxGraph<T extends TFloating>(Reals<T> real, Operand<T> logits, OpenMax openMax) {

  /** [n]. */
  Operand<T> score() {
    var weights = tf().math.mul(rankWeights(), tailProbabilities());
    var lost = tf().math.mul(logits, weights);
    var lowered = tf().math.mul(logits, tf().math.sub(real.of(1), weights));
    return tf().math
        .add(
            tf().reduceSum(lost, tf().array(1)),
            UnknownScoreGraph.minusLogSumExp(real, lowered, 1));
  }

  /** {@code (A + 1 - r_c) / A} up to rank A, else 0: [n, C]. */
  private Operand<T> rankWeights() {
    var ranks = openMax.ranks();
    var classes = openMax.head().knownClasses();
    var weights = new double[ranks][1];
    for (var rank = 0; rank < ranks; rank++) {
      weights[rank][0] = (double) (ranks - rank) / ranks;
    }
    var order = tf().nn.topK(logits, tf().constant(ranks), new TopK.Options[0]).indices();
    var isRank = tf().oneHot(order, tf().constant(classes), real.of(1), real.of(0));
    return tf().reduceSum(tf().math.mul(isRank, real.of(weights)), tf().array(1));
  }

  /** {@code F_c(|z - mu_c|)}: [n, C]. */
  private Operand<T> tailProbabilities() {
    var distances =
        tf().math.sqrt(EmbeddingScoreGraph.squaredDistances(real, logits, openMax.means()));
    var beyond = tf().math.maximum(tf().math.sub(distances, all(Weibull::shift)), real.of(0));
    var power = tf().math.pow(tf().math.div(beyond, all(Weibull::scale)), all(Weibull::shape));
    return tf().math.neg(real.expm1(tf().math.neg(power)));
  }

  private Operand<T> all(ToDoubleFunction<Weibull> parameter) {
    return real.of(openMax.tails().stream().mapToDouble(parameter).toArray());
  }

  private Ops tf() {
    return real.tf();
  }
}
