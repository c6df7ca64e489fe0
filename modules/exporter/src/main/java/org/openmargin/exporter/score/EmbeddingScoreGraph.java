package org.openmargin.exporter.score;

import java.util.List;
import org.openmargin.scoring.numeric.Whitening;
import org.openmargin.scoring.scorer.ClassMeans;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.PrototypeDistance;
import org.openmargin.scoring.scorer.React;
import org.openmargin.scoring.scorer.RelativeMahalanobis;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.Vim;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TFloating;

/**
 * The scorers of embeddings as operations in double precision; their fitted parameters are part of
 * the graph.
 *
 * @param embeddings [n, d]
 */
record EmbeddingScoreGraph<T extends TFloating>(Reals<T> real, Operand<T> embeddings) {
  private static final double LEAST_LENGTH = 1e-6;

  /** [n]. */
  Operand<T> prototypeDistance(PrototypeDistance scorer) {
    return tf().math.sqrt(nearest(embeddings, scorer.means()));
  }

  /** [n]. */
  Operand<T> mahalanobis(Mahalanobis scorer) {
    return nearest(whitened(scorer.whitening()), scorer.means());
  }

  /** [n]. */
  Operand<T> relativeMahalanobis(RelativeMahalanobis scorer) {
    return tf().math.sub(mahalanobis(scorer.classes()), squaredLength(scorer.background()));
  }

  /** {@code -log sum_c exp(f_c - |L_c^-1 (x - mu_c)|^2 / 2)}: [n]. */
  Operand<T> gaussianDensity(GaussianDensity scorer) {
    var halves = tf().math.mul(squaredLengths(scorer.classes()), real.of(0.5));
    var terms = tf().math.sub(real.of(scorer.logFactors()), halves);
    return UnknownScoreGraph.minusLogSumExp(real, terms, 1);
  }

  /** Squared Mahalanobis distance to the centre: [n]. */
  Operand<T> squaredLength(Whitening whitening) {
    return tf().reduceSum(tf().math.square(whitened(whitening)), tf().array(1));
  }

  /** Squared Mahalanobis distances to the centres of several classes, in one product: [n, C]. */
  Operand<T> squaredLengths(List<Whitening> classes) {
    var centres = classes.stream().map(c -> new double[][] {c.centre()}).toArray(double[][][]::new);
    var matrices = classes.stream().map(Whitening::matrix).toArray(double[][][]::new);
    var centred = tf().math.sub(tf().expandDims(embeddings, tf().constant(0)), real.of(centres));
    var whitened =
        tf().train.batchMatMul(centred, real.of(matrices), real.type(), BatchMatMul.adjY(true));
    var squares = tf().reduceSum(tf().math.square(whitened), tf().array(2));
    return tf().linalg.transpose(squares, tf().array(1, 0));
  }

  /** For scorers that keep training embeddings. */
  BankGraph<T> bank(Scorer scorer) {
    return new BankGraph<>(real, unit(embeddings), scorer.name());
  }

  /** {@code a |R (f(x) - o)|}: [n]. */
  Operand<T> virtualLogit(Vim scorer) {
    var residual = scorer.residual();
    var feature = residual.unitLength() ? unit(embeddings) : embeddings;
    var centred = tf().math.sub(feature, real.of(residual.origin()));
    var length = new EmbeddingScoreGraph<>(real, centred).length(residual.space().basis());
    return tf().math.mul(length, real.of(scorer.factor()));
  }

  /** Length of the coordinates in an orthonormal basis: [n]. */
  Operand<T> length(double[][] basis) {
    var coordinates = product(embeddings, real.of(basis));
    return tf().math.sqrt(tf().reduceSum(tf().math.square(coordinates), tf().array(1)));
  }

  /** Known logits of the clipped embeddings: [n, C]. */
  Operand<T> clippedLogits(React scorer) {
    var head = scorer.linear();
    var clipped = tf().math.minimum(embeddings, real.of(scorer.ceiling()));
    var feature = head.unitLength() ? unit(clipped) : clipped;
    return tf().math.add(product(feature, real.of(head.weights())), real.of(head.bias()));
  }

  private Operand<T> whitened(Whitening whitening) {
    var centred = tf().math.sub(embeddings, real.of(whitening.centre()));
    return product(centred, real.of(whitening.matrix()));
  }

  private Operand<T> nearest(Operand<T> x, ClassMeans means) {
    return tf().reduceMin(squaredDistances(real, x, means), tf().array(1));
  }

  /** Squared distance of each row to each point: [n, d] to [n, C]. */
  static <T extends TFloating> Operand<T> squaredDistances(
      Reals<T> real, Operand<T> x, ClassMeans means) {
    var tf = real.tf();
    var differences = tf.math.sub(tf.expandDims(x, tf.constant(1)), real.of(means.points()));
    return tf.reduceSum(tf.math.square(differences), tf.array(2));
  }

  private Operand<T> unit(Operand<T> x) {
    var squares = tf().reduceSum(tf().math.square(x), tf().array(1), ReduceSum.keepDims(true));
    return tf().math.div(x, tf().math.maximum(tf().math.sqrt(squares), real.of(LEAST_LENGTH)));
  }

  /** [n, d] and [m, d] to [n, m]. */
  private Operand<T> product(Operand<T> a, Operand<T> b) {
    return tf().linalg.matMul(a, b, MatMul.transposeB(true));
  }

  private Ops tf() {
    return real.tf();
  }
}
