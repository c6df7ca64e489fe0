package org.openmargin.model.foreign;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How the output of a foreign network becomes one embedding per image. */
public enum Pooling {
  /** It is [batch, size]. */
  NONE,
  /** The mean over places or tokens. */
  MEAN,
  /** The first token. */
  FIRST_TOKEN;

  /**
   * @param output [batch, size], [batch, tokens, size] or [batch, rows, columns, size]
   * @return [batch, size]
   * @throws IllegalArgumentException for a shape that does not fit
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> output) {
    var rank = output.shape().isUnknown() ? -1 : output.shape().numDimensions();
    if (!fits().contains(rank)) {
      throw new IllegalArgumentException(
          "its output has the shape %s, which pooling %s does not turn into one embedding per image%s"
              .formatted(
                  output.shape(), this, rank > 2 ? "; try MEAN, or FIRST_TOKEN for tokens" : ""));
    }
    return switch (this) {
      case NONE -> output;
      case MEAN -> tf.math.mean(output, rank == 4 ? tf.array(1, 2) : tf.array(1));
      case FIRST_TOKEN -> tf.gather(output, tf.constant(0), tf.constant(1));
    };
  }

  private List<Integer> fits() {
    return switch (this) {
      case NONE -> List.of(2);
      case MEAN -> List.of(3, 4);
      case FIRST_TOKEN -> List.of(3);
    };
  }
}
