package org.openmargin.exporter;

import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.Entropy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.MaxCosine;
import org.openmargin.scoring.scorer.MaxLogit;
import org.openmargin.scoring.scorer.MaxProbability;
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
   * @throws ModelException for a scorer that is not of module scoring
   */
  Operand<TFloat64> of(Scorer scorer) {
    if (scorer instanceof MaxProbability max) {
      return maxProbability(max);
    } else if (scorer instanceof MaxLogit) {
      return maxLogit();
    } else if (scorer instanceof Energy energy) {
      return energy(energy.temperature());
    } else if (scorer instanceof MaxCosine) {
      return maxCosine();
    } else if (scorer instanceof Odin odin) {
      return minusLogProbability(
          tf.math.div(columns(knownClasses), tf.constant(odin.temperature())));
    } else if (scorer instanceof Entropy) {
      return entropy();
    } else if (scorer instanceof Gen gen) {
      return new GenGraph(tf, columns(knownClasses), gen).score();
    } else if (scorer instanceof OpenMax openMax) {
      return new OpenMaxGraph(tf, columns(knownClasses), openMax).score();
    }
    return ofEmbedding(scorer);
  }

  private Operand<TFloat64> ofEmbedding(Scorer scorer) {
    var x = new EmbeddingScoreGraph(tf, tf.dtypes.cast(rows.embeddings(), TFloat64.class));
    if (scorer instanceof PrototypeDistance prototypes) {
      return x.prototypeDistance(prototypes);
    } else if (scorer instanceof Mahalanobis mahalanobis) {
      return x.mahalanobis(mahalanobis);
    } else if (scorer instanceof RelativeMahalanobis relative) {
      return x.relativeMahalanobis(relative);
    } else if (scorer instanceof GaussianDensity gaussians) {
      return x.gaussianDensity(gaussians);
    } else if (scorer instanceof Knn knn) {
      return x.knn(knn);
    } else if (scorer instanceof Vim vim) {
      return tf.math.add(x.virtualLogit(vim), energy(1));
    } else if (scorer instanceof React react) {
      return minusLogSumExp(tf, x.clippedLogits(react), react.temperature());
    }
    throw new ModelException(
        "scorer '%s' has no form as TensorFlow operations; use one of OpenMargin's own"
            .formatted(scorer.name()));
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

  /** {@code -T log sum exp(z / T)}. */
  private Operand<TFloat64> energy(double temperature) {
    return minusLogSumExp(tf, columns(knownClasses), temperature);
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
