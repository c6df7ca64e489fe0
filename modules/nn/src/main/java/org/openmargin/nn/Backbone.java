package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** From image to embedding. A recipe: one instance builds any number of graphs. */
public interface Backbone {

  /**
   * @param images [batch, height, width, channels], as {@link #input} makes them
   * @return embeddings, [batch, d], float32
   */
  Operand<TFloat32> embed(Net net, Operand<TFloat32> images);

  /**
   * What the backbone takes of the pixels: standardised values, unless overridden.
   *
   * @param pixels [batch, height, width, channels], 0 to 255
   * @return of the same shape
   */
  default Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return format.standardize(net, pixels);
  }

  /**
   * d, the length of an embedding of an image of this format.
   *
   * @throws IllegalArgumentException if the backbone cannot take such images
   */
  int embeddingSize(InputFormat format);
}
