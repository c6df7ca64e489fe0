package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** From image to embedding. A recipe: one instance builds any number of graphs. */
public interface Backbone {

  /**
   * @param images [batch, height, width, channels], standardised
   * @return embeddings, [batch, {@link #embeddingSize()}], float32
   */
  Operand<TFloat32> embed(Net net, Operand<TFloat32> images);

  /**
   * The stages that make up {@link #embed}: run one after another on the standardised images, at
   * the same place, they give the embedding. Empty if the backbone has no such parts; methods that
   * look at feature maps cannot use it then.
   */
  default List<Stage> stages() {
    return List.of();
  }

  /** A part of a backbone: from one feature map to the next, or to the embedding. */
  @FunctionalInterface
  interface Stage {

    /**
     * @param net the backbone's place, the same for all stages
     * @param x the images, or what the stage before gave
     */
    Operand<? extends TFloating> apply(Net net, Operand<? extends TFloating> x);
  }

  /** Number of elements of an embedding. */
  int embeddingSize();
}
