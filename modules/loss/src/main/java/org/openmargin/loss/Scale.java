package org.openmargin.loss;

import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * s, the factor between a cosine and its logit: a trained scalar.
 *
 * @param initial s at the start
 * @param rateFactor learning rate of s relative to the model's; 0 keeps it fixed
 */
public record Scale(double initial, double rateFactor) {
  public Scale {
    if (!(initial > 0 && rateFactor >= 0)) {
      throw new IllegalArgumentException(
          "the scale needs an initial value above 0 and a rate factor of at least 0, not %s and %s"
              .formatted(initial, rateFactor));
    }
  }

  /** Scalar, never decayed. */
  Operand<TFloat32> of(Net net) {
    return net.trained(
        "scale",
        Shape.scalar(),
        new Variable.Trained(rateFactor, false),
        Initializer.constant((float) initial));
  }
}
