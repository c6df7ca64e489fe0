package org.openmargin.exporter.score;

import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.NnGuide;
import org.openmargin.serving.ModelException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.family.TFloating;

/**
 * The scorers that keep training embeddings, as operations in double precision. All methods throw
 * {@link ModelException} if there are too many embeddings for a graph.
 *
 * @param units [n, d], embeddings of length 1
 */
public record BankGraph<T extends TFloating>(Reals<T> real, Operand<T> units, String scorer) {
  /** A SavedModel's graph must be smaller than 2 GiB, and is copied while it is written. */
  static final long LARGEST_BANK = 1L << 30;

  /** Minus the k-th largest cosine: [n]. */
  Operand<T> knn(Knn knn) {
    return knn(knn.bank(), knn.inverseLengths(), knn.neighbours());
  }

  /** Minus the k-th largest cosine to a bank: [n]. */
  Operand<T> knn(float[][] bank, double[] inverseLengths, int k) {
    var nearest = largest(bank, inverseLengths, k);
    var last = tf().slice(nearest, tf().array(0, k - 1), tf().array(-1, 1));
    return tf().math.neg(tf().reshape(last, tf().array(-1)));
  }

  /** The mean of the k largest {@code s(z_i) cos(x, x_i)}: [n]. */
  Operand<T> guidance(NnGuide guide) {
    return tf().math
        .mean(largest(guide.bank(), guide.factors(), guide.neighbours()), tf().array(1));
  }

  /** The k largest products of the embeddings and a bank's rows, times their factors: [n, k]. */
  private Operand<T> largest(float[][] bank, double[] factors, int k) {
    requireSmall(scorer, bank.length, bank[0].length);
    var rows = real.bank(bank);
    var products = tf().linalg.matMul(units, rows, MatMul.transposeB(true));
    var weighted = tf().math.mul(products, real.of(factors));
    return tf().nn.topK(weighted, tf().constant(k), new TopK.Options[0]).values();
  }

  public static void requireSmall(String scorer, long rows, long size) {
    if (rows * size * Float.BYTES > LARGEST_BANK) {
      throw new ModelException(
          "scorer '%s' keeps training embeddings in the model: %d of %d numbers take %d MiB, more than the limit of %d MiB; export another scorer, such as mahalanobis"
              .formatted(
                  scorer, rows, size, (rows * size * Float.BYTES) >> 20, LARGEST_BANK >> 20));
    }
  }

  private Ops tf() {
    return real.tf();
  }
}
