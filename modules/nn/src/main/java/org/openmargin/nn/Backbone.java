package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** From image to embedding. A recipe: one instance builds any number of graphs. */
public interface Backbone {

  /**
   * @param images [batch, height, width, channels], standardised
   * @return embeddings, [batch, d], float32
   */
  Operand<TFloat32> embed(Net net, Operand<TFloat32> images);

  /** d, the length of an embedding. */
  int embeddingSize();
}
