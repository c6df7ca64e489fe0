package org.openmargin.exporter.score;

import org.openmargin.scoring.scorer.Gen;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.family.TFloating;

/**
 * {@link Gen} as operations, with the best class separate from the others, as there.
 *
 * @param logits [n, C]
 */
record GenGraph<T extends TFloating>(Reals<T> real, Operand<T> logits, Gen gen) {

  /** [n]. */
  Operand<T> score() {
    var classes = gen.head().knownClasses();
    if (classes == 1) {
      return tf().zerosLike(tf().reshape(logits, tf().array(-1)));
    }
    var sorted = tf().nn.topK(logits, tf().constant(classes), new TopK.Options[0]).values();
    var behind = tf().math.sub(columns(sorted, 1, classes - 1), columns(sorted, 0, 1));
    var logOthers = column(tf().math.neg(UnknownScoreGraph.minusLogSumExp(real, behind, 1)));
    var minusLogBest = real.log1p(tf().math.exp(logOthers));
    var ofBest = term(tf().math.neg(minusLogBest), tf().math.sub(logOthers, minusLogBest));
    var logP = tf().math.sub(columns(behind, 0, gen.terms() - 1), minusLogBest);
    var ofOthers = term(logP, real.log1p(tf().math.neg(tf().math.exp(logP))));
    return tf().math
        .add(tf().reshape(ofBest, tf().array(-1)), tf().reduceSum(ofOthers, tf().array(1)));
  }

  private Operand<T> term(Operand<T> logP, Operand<T> logRest) {
    var exponent = real.of(gen.exponent());
    return tf().math.exp(tf().math.mul(exponent, tf().math.add(logP, logRest)));
  }

  private Operand<T> columns(Operand<T> x, int from, int count) {
    return tf().slice(x, tf().array(0, from), tf().array(-1, count));
  }

  private Operand<T> column(Operand<T> x) {
    return tf().expandDims(x, tf().constant(1));
  }

  private Ops tf() {
    return real.tf();
  }
}
