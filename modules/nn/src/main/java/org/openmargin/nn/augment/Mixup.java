package org.openmargin.nn.augment;

import java.util.stream.IntStream;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Mixup (Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond empirical risk minimization", ICLR 2018):
 * {@code x = l x_i + (1 - l) x_j} with the loss {@code l L(x, y_i) + (1 - l) L(x, y_j)}, l from
 * Beta(alpha, alpha), one for each step, as in the authors' code. The partner j of an image is the
 * next one of the batch, which is in random order.
 *
 * @param alpha 0: nothing is mixed
 */
public record Mixup(double alpha) {
  public static final Mixup NONE = new Mixup(0);

  public Mixup {
    if (!(alpha >= 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha must be at least 0 and finite, not " + alpha);
    }
  }

  public boolean isNone() {
    return alpha == 0;
  }

  /**
   * @param pixels [batch, height, width, channels], the batch size known
   * @return of the same shape
   */
  public Operand<TFloat32> mixed(Net net, Operand<TFloat32> pixels) {
    if (isNone()) {
      return pixels;
    }
    var tf = net.tf();
    var other = partners(tf, pixels);
    return tf.math.add(other, tf.math.mul(share(net), tf.math.sub(pixels, other)));
  }

  /** The same network, whose loss is that of mixed images. */
  public OpenSetNetwork of(OpenSetNetwork network) {
    return isNone() ? network : network.with(new MixedLoss(network.head(), this));
  }

  /**
   * l, scalar, the same wherever it is asked for in a step. With G_1, G_2 from Gamma(alpha), l =
   * G_1 / (G_1 + G_2), and ln Gamma(alpha) is ln Gamma(alpha + 1) + ln(U) / alpha for U from U(0,
   * 1]; in logarithms, because a small alpha makes both too small for float32.
   */
  Operand<TFloat32> share(Net net) {
    var here = net.at("mixup");
    var tf = here.tf();
    var gammas = tf.math.log(here.gamma("gammas", Shape.of(2), alpha + 1));
    var draws = tf.math.sub(tf.constant(1f), here.uniform("draws", Shape.of(2)));
    var logarithms = here.sum(gammas, 1 / alpha, tf.math.log(draws));
    var signs = tf.constant(new float[] {1, -1});
    return tf.math.sigmoid(tf.reduceSum(tf.math.mul(logarithms, signs), tf.array(0)));
  }

  /** Row i is row i + 1, the last one the first. */
  static <T extends TNumber> Operand<T> partners(Ops tf, Operand<T> rows) {
    var count = (int) rows.shape().get(0);
    var next = IntStream.range(0, count).map(i -> (i + 1) % count).toArray();
    return tf.gather(rows, tf.constant(next), tf.constant(0));
  }
}
