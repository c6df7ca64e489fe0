package org.openmargin.exporter.gallery;

import java.util.stream.IntStream;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.Identification;
import org.openmargin.serving.gallery.SimilarityRule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * What {@link Gallery#identify} computes, for a batch, with one product of the embeddings and the
 * gallery's rows.
 *
 * @param rows [N, d], unit vectors, see {@link GalleryRows}
 * @param embeddings [n, d]
 */
record IdentifyGraph(
    Ops tf, Gallery gallery, Operand<TFloat32> rows, Operand<TFloat32> embeddings) {
  /** Below every cosine. */
  private static final float TAKEN = -2;

  /** The square of the least length that a vector is divided by. */
  private static final float LEAST_SQUARE = 1e-12f;

  /**
   * @param best [n], index of an identity
   * @param similarity [n]
   * @param finite [n], whether the embedding is
   */
  record Nearest(Operand<TInt64> best, Operand<TFloat32> similarity, Operand<TBool> finite) {}

  /** All outputs of the signature, [n] each. */
  record Outputs(
      Operand<TString> identity,
      Operand<TFloat32> similarity,
      Operand<TBool> unknown,
      Operand<TString> best,
      Operand<TString> reason) {}

  Nearest nearest() {
    var finite =
        tf.reduceAll(tf.math.isFinite(embeddings), tf.constant(1), ReduceAll.keepDims(true));
    var safe = tf.select(finite, embeddings, tf.zerosLike(embeddings));
    var square = tf.reduceSum(tf.math.square(safe), tf.constant(1), ReduceSum.keepDims(true));
    var length = tf.math.rsqrt(tf.math.maximum(square, tf.constant(LEAST_SQUARE)));
    var cosines =
        tf.linalg.matMul(rows, tf.math.mul(safe, length), MatMul.transposeB(true)).asOutput();
    var similarities =
        gallery.rule() instanceof SimilarityRule.NearestTemplates nearest
            ? meansOfNearest(cosines, nearest.k())
            : cosines;
    return new Nearest(
        tf.math.argMax(similarities, tf.constant(0)),
        tf.reduceMax(similarities, tf.constant(0)),
        tf.reshape(finite, tf.array(-1)));
  }

  /**
   * In each round, the largest cosines of an identity that are left are taken, equal ones together
   * but no more than are wanted.
   *
   * @param cosines [N, n]
   * @return [K, n]
   */
  private Operand<TFloat32> meansOfNearest(Operand<TFloat32> cosines, int k) {
    var sizes = gallery.identities().stream().mapToInt(i -> i.templates().size()).toArray();
    var identityOfRow =
        tf.constant(
            IntStream.range(0, sizes.length)
                .flatMap(i -> IntStream.generate(() -> i).limit(sizes[i]))
                .toArray());
    var count = tf.constant(sizes.length);
    var left = cosines;
    Operand<TFloat32> sum = tf.constant(0f);
    Operand<TFloat32> taken = tf.constant(0f);
    for (var round = 0; round < k; round++) {
      var largest = tf.math.unsortedSegmentMax(left, identityOfRow, count);
      var there = tf.math.greater(largest, tf.constant(TAKEN));
      var hit = tf.math.equal(left, tf.gather(largest, identityOfRow, tf.constant(0)));
      var equal =
          tf.math.unsortedSegmentSum(tf.dtypes.cast(hit, TFloat32.class), identityOfRow, count);
      var wanted = tf.math.minimum(equal, tf.math.sub(tf.constant((float) k), taken));
      var use = tf.select(there, wanted, tf.constant(0f));
      sum = tf.math.add(sum, tf.math.mul(use, largest));
      taken = tf.math.add(taken, use);
      left = tf.select(hit, tf.constant(TAKEN), left);
    }
    return tf.math.div(sum, taken);
  }

  /**
   * The similarity decides about every image that has a score: that the model finds one unlike its
   * training says nothing about identities enrolled since.
   *
   * @param given [n], the {@link Reason} that the model gives
   */
  Outputs outputs(Operand<TString> given) {
    var nearest = nearest();
    var unusual = tf.math.equal(given, word(Reason.UNUSUAL_INPUT.code()));
    var input = tf.select(unusual, word(Reason.OK.code()), given);
    var ok = tf.math.equal(input, tf.constant(Reason.OK.code()));
    var usable = tf.math.logicalAnd(ok, nearest.finite());
    var threshold = tf.constant(gallery.threshold().threshold());
    var similar = tf.math.greaterEqual(nearest.similarity(), threshold);
    var unknown = tf.math.logicalNot(tf.math.logicalAnd(usable, similar));
    var names = gallery.identities().stream().map(i -> i.name()).toArray(String[]::new);
    var best = tf.gather(tf.array(names), nearest.best(), tf.constant(0));
    var seen = tf.select(similar, tf.constant(Reason.OK.code()), word(Identification.NOT_SIMILAR));
    var finite = tf.select(nearest.finite(), seen, word(Reason.NOT_FINITE.code()));
    var none = word(ModelContract.UNKNOWN);
    return new Outputs(
        tf.select(unknown, none, best),
        tf.select(usable, nearest.similarity(), tf.constant(-1f)),
        unknown,
        tf.select(usable, best, none),
        tf.select(ok, finite, input));
  }

  private Operand<TString> word(String word) {
    return tf.constant(word);
  }
}
