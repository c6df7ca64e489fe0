package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Numbers computed from the pixels of an image by a fixed formula, without weights. */
public interface ImageStatistics {

  /** In snake_case; unique among the features of a network. */
  String name();

  /**
   * How many numbers there are for one image.
   *
   * @throws IllegalArgumentException if images of this size are too small
   */
  int size(InputFormat input);

  /**
   * @param pixels [n, height, width, channels], 0 to 255
   * @return [n, size]
   */
  Operand<TFloat32> of(Net net, Operand<TFloat32> pixels);
}
