package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The open class of {@link Omcl} and how it is trained.
 *
 * @param present whether there is an open class with logit s t
 * @param threshold t
 * @param suppression OSS
 */
public record OpenClass(boolean present, double threshold, Suppression suppression) {
  public OpenClass {
    if (!present && suppression.weight() > 0) {
      throw new IllegalArgumentException("open-space suppression needs an open class");
    }
  }

  /**
   * Logits of embeddings: {@code s c_j}, and {@code s t} for the open class.
   *
   * @param cosines [n, C]
   * @param scale s, scalar
   * @return [n, C + 1], or [n, C] without an open class
   */
  Operand<TFloat32> logits(Net net, Operand<TFloat32> cosines, Operand<TFloat32> scale) {
    var all = present ? widened(net, cosines, threshold) : cosines;
    return net.tf().math.mul(all, scale);
  }

  /**
   * Logits of descriptors, for OSS: see {@link Suppression.Descriptors}, and {@code s t} for the
   * open class.
   *
   * @param products [m, C], of descriptors and prototypes
   * @param scale s, scalar
   * @return [m, C + 1]
   */
  Operand<TFloat32> ofDescriptors(Net net, Operand<TFloat32> products, Operand<TFloat32> scale) {
    return switch (suppression.descriptors()) {
      case NORMALIZED -> net.tf().math.mul(widened(net, products, threshold), scale);
      case RAW -> {
        var zeros = net.tf().zerosLike(products);
        var open = net.tf().math.mul(widened(net, zeros, threshold), scale);
        yield net.tf().math.add(widened(net, products, 0), open);
      }
    };
  }

  private static Operand<TFloat32> widened(Net net, Operand<TFloat32> x, double last) {
    var tf = net.tf();
    var oneColumn = tf.constant(new int[][] {{0, 0}, {0, 1}});
    return tf.pad(x, oneColumn, tf.constant((float) last));
  }
}
