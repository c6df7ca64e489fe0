package org.openmargin.exporter;

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
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat64;

/**
 * The scorers of embeddings as operations in double precision; their fitted parameters are part of
 * the graph.
 *
 * @param embeddings [n, d]
 */
record EmbeddingScoreGraph(Ops tf, Operand<TFloat64> embeddings) {
  private static final double LEAST_LENGTH = 1e-6;

  /** [n]. */
  Operand<TFloat64> prototypeDistance(PrototypeDistance scorer) {
    return tf.math.sqrt(nearest(embeddings, scorer.means()));
  }

  /** [n]. */
  Operand<TFloat64> mahalanobis(Mahalanobis scorer) {
    return nearest(whitened(scorer.whitening()), scorer.means());
  }

  /** [n]. */
  Operand<TFloat64> relativeMahalanobis(RelativeMahalanobis scorer) {
    return tf.math.sub(mahalanobis(scorer.classes()), squaredLength(scorer.background()));
  }

  /** {@code -log sum_c exp(f_c - |L_c^-1 (x - mu_c)|^2 / 2)}: [n]. */
  Operand<TFloat64> gaussianDensity(GaussianDensity scorer) {
    var distances = scorer.classes().stream().map(this::squaredLength).toList();
    var halves = tf.math.mul(tf.stack(distances, Stack.axis(1L)), tf.constant(0.5));
    var terms = tf.math.sub(tf.constant(scorer.logFactors()), halves);
    return UnknownScoreGraph.minusLogSumExp(tf, terms, 1);
  }

  /** Squared Mahalanobis distance to the centre: [n]. */
  Operand<TFloat64> squaredLength(Whitening whitening) {
    return tf.reduceSum(tf.math.square(whitened(whitening)), tf.array(1));
  }

  /** For scorers that keep training embeddings. */
  BankGraph bank(Scorer scorer) {
    return new BankGraph(tf, unit(embeddings), scorer.name());
  }

  /** {@code a |R (f(x) - o)|}: [n]. */
  Operand<TFloat64> virtualLogit(Vim scorer) {
    var residual = scorer.residual();
    var feature = residual.unitLength() ? unit(embeddings) : embeddings;
    var centred = tf.math.sub(feature, tf.constant(residual.origin()));
    var length = new EmbeddingScoreGraph(tf, centred).length(residual.space().basis());
    return tf.math.mul(length, tf.constant(scorer.factor()));
  }

  /** Length of the coordinates in an orthonormal basis: [n]. */
  Operand<TFloat64> length(double[][] basis) {
    var coordinates = product(embeddings, tf.constant(basis));
    return tf.math.sqrt(tf.reduceSum(tf.math.square(coordinates), tf.array(1)));
  }

  /** Known logits of the clipped embeddings: [n, C]. */
  Operand<TFloat64> clippedLogits(React scorer) {
    var head = scorer.linear();
    var clipped = tf.math.minimum(embeddings, tf.constant(scorer.ceiling()));
    var feature = head.unitLength() ? unit(clipped) : clipped;
    return tf.math.add(product(feature, tf.constant(head.weights())), tf.constant(head.bias()));
  }

  private Operand<TFloat64> whitened(Whitening whitening) {
    var centred = tf.math.sub(embeddings, tf.constant(whitening.centre()));
    return product(centred, tf.constant(whitening.matrix()));
  }

  private Operand<TFloat64> nearest(Operand<TFloat64> x, ClassMeans means) {
    return tf.reduceMin(squaredDistances(tf, x, means), tf.array(1));
  }

  /** Squared distance of each row to each point: [n, d] to [n, C]. */
  static Operand<TFloat64> squaredDistances(Ops tf, Operand<TFloat64> x, ClassMeans means) {
    var differences = tf.math.sub(tf.expandDims(x, tf.constant(1)), tf.constant(means.points()));
    return tf.reduceSum(tf.math.square(differences), tf.array(2));
  }

  private Operand<TFloat64> unit(Operand<TFloat64> x) {
    var squares = tf.reduceSum(tf.math.square(x), tf.array(1), ReduceSum.keepDims(true));
    return tf.math.div(x, tf.math.maximum(tf.math.sqrt(squares), tf.constant(LEAST_LENGTH)));
  }

  /** [n, d] and [m, d] to [n, m]. */
  private Operand<TFloat64> product(Operand<TFloat64> a, Operand<TFloat64> b) {
    return tf.linalg.matMul(a, b, MatMul.transposeB(true));
  }
}
