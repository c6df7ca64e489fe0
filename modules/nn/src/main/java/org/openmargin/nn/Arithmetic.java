package org.openmargin.nn;

import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * How a backbone computes. Results differ by rounding only.
 *
 * @param activations element type that activations have inside a backbone: {@link TFloat32} or
 *     {@link TBfloat16}; weights are always float32
 * @param winograd whether 3x3 convolutions of small maps use Winograd's algorithm, see {@code
 *     nn.layers.Winograd}: faster when training on a CPU
 */
public record Arithmetic(Class<? extends TFloating> activations, boolean winograd) {

  /** Everything in float32, direct convolutions. */
  public static final Arithmetic FLOAT32 = new Arithmetic(TFloat32.class, false);

  /** Activations in bfloat16, direct convolutions. */
  public static final Arithmetic BFLOAT16 = new Arithmetic(TBfloat16.class, false);

  /** Activations in bfloat16, convolutions of the smallest maps by Winograd's algorithm. */
  public static final Arithmetic BFLOAT16_WINOGRAD = new Arithmetic(TBfloat16.class, true);

  /** Everything in float32, convolutions of small maps by Winograd's algorithm. */
  public static final Arithmetic WINOGRAD = new Arithmetic(TFloat32.class, true);
}
