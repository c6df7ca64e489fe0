package org.openmargin.loss;

import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Multiplicative angular margin, A-Softmax (Liu et al., "SphereFace: deep hypersphere embedding for
 * face recognition", CVPR 2017). Prototypes have length 1, embeddings keep theirs. With {@code c_j
 * = cos(theta_j)} the cosine between an embedding x and prototype j, label y:
 *
 * <pre>
 * logits   z_j = |x| c_j
 * loss     -mean log softmax(a)_y,  a_j = z_j for j != y
 *          a_y = |x| (lambda c_y + psi(theta_y)) / (1 + lambda)
 *          psi(theta) = (-1)^k cos(m theta) - 2 k for theta from k pi / m to (k + 1) pi / m
 * </pre>
 *
 * <p>lambda falls during training, so the margin grows slowly: with the full margin from the first
 * step, embeddings shrink to nothing.
 *
 * @param classes C, number of known classes
 * @param margin m, at least 1; 1 is no margin
 * @param annealing lambda
 */
public record SphereFace(int classes, int margin, Annealing annealing) implements OpenSetLoss {

  /**
   * {@code lambda = max(end, start / (1 + rate step))}.
   *
   * @param start at step 0
   * @param rate how fast it falls
   * @param end its lower bound
   */
  public record Annealing(double start, double rate, double end) {
    /** The full margin at every step. */
    public static final Annealing NONE = new Annealing(0, 0, 0);

    public Annealing {
      if (!(start >= 0 && rate >= 0 && end >= 0)) {
        throw new IllegalArgumentException(
            "SphereFace's annealing needs three numbers of at least 0, not "
                + List.of(start, rate, end));
      }
    }

    private Operand<TFloat32> at(Net net, Operand<TInt64> step) {
      var tf = net.tf();
      // Without this, gradients would be computed with the unknown shape of the fed step.
      var scalar = tf.reshape(net.cast(step, TFloat32.class), tf.constant(Shape.scalar()));
      var steps = tf.math.mul(scalar, tf.constant((float) rate));
      var fallen = tf.math.div(tf.constant((float) start), tf.math.add(steps, tf.constant(1f)));
      return tf.math.maximum(fallen, tf.constant((float) end));
    }
  }

  public SphereFace {
    CrossEntropy.requireClasses(classes);
    if (margin < 1) {
      throw new IllegalArgumentException("SphereFace needs a margin of at least 1, not " + margin);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException in inference, where there is no step
   */
  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    if (net.mode() instanceof Mode.Training training) {
      var logits = logits(net, embeddings);
      var target = target(net, embeddings, logits, annealing.at(net, training.step()));
      return CrossEntropy.mean(net, LabelColumn.replaced(net, logits, target, labels), labels);
    }
    throw new IllegalStateException(
        "SphereFace's loss needs a step, but this is an inference graph");
  }

  private Operand<TFloat32> target(
      Net net, Operand<TFloat32> x, Operand<TFloat32> logits, Operand<TFloat32> lambda) {
    var tf = net.tf();
    var lengths = lengths(net, x);
    var margins = tf.math.mul(lengths, psi(net, tf.math.div(logits, lengths)));
    var sum = tf.math.add(tf.math.mul(lambda, logits), margins);
    return tf.math.div(sum, tf.math.add(lambda, tf.constant(1f)));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return Layers.product(net, embeddings, Layers.prototypes(net, embeddings, classes));
  }

  /** A mean over images. */
  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.empty();
  }

  /**
   * psi of {@code c = cos(theta)}. With {@code s_i} the sign of {@code c - cos(i pi / m)}, that is
   * -1 once theta has passed {@code i pi / m}, {@code (-1)^k = s_1 ... s_{m-1}} and {@code -2 k =
   * s_1 + ... + s_{m-1} - (m - 1)}.
   */
  Operand<TFloat32> psi(Net net, Operand<TFloat32> c) {
    var tf = net.tf();
    var signed = cosineOfMultiple(net, c);
    Operand<TFloat32> steps = tf.constant(1f - margin);
    for (var i = 1; i < margin; i++) {
      var limit = tf.constant((float) Math.cos(i * Math.PI / margin));
      var sign = tf.math.sign(tf.math.sub(tf.stopGradient(c), limit));
      signed = tf.math.mul(signed, sign);
      steps = tf.math.add(steps, sign);
    }
    return tf.math.add(signed, steps);
  }

  /** {@code cos(m theta)} by {@code cos((i + 1) theta) = 2 c cos(i theta) - cos((i - 1) theta)}. */
  private Operand<TFloat32> cosineOfMultiple(Net net, Operand<TFloat32> c) {
    var tf = net.tf();
    var twice = tf.math.mul(c, tf.constant(2f));
    Operand<TFloat32> before = tf.constant(1f);
    var now = c;
    for (var i = 1; i < margin; i++) {
      var next = tf.math.sub(tf.math.mul(twice, now), before);
      before = now;
      now = next;
    }
    return now;
  }

  /** {@code |x|}, at least 1e-6: [n, d] to [n, 1]. */
  private static Operand<TFloat32> lengths(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var squares = tf.reduceSum(tf.math.square(x), tf.array(1), ReduceSum.keepDims(true));
    return tf.math.sqrt(tf.math.maximum(squares, tf.constant(1e-12f)));
  }
}
