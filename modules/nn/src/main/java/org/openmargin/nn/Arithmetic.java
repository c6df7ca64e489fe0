package org.openmargin.nn;

import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * How a backbone computes; what it computes is the same up to rounding.
 *
 * @param activations element type that activations have inside a backbone: {@link TFloat32} or
 *     {@link TBfloat16}; weights are always float32
 * @param winograd whether 3x3 convolutions of small maps take fewer multiplications, see {@code
 *     nn.layers.Winograd}: faster on a CPU in float32, where a graph is trained
 */
public record Arithmetic(Class<? extends TFloating> activations, boolean winograd) {

  /** Every value in float32, every convolution by its definition. */
  public static final Arithmetic FLOAT32 = new Arithmetic(TFloat32.class, false);

  /** Activations in bfloat16, every convolution by its definition. */
  public static final Arithmetic BFLOAT16 = new Arithmetic(TBfloat16.class, false);

  /** Every value in float32, convolutions of small maps by Winograd's algorithm. */
  public static final Arithmetic WINOGRAD = new Arithmetic(TFloat32.class, true);
}
