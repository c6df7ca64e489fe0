package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Where the unit prototypes of a cosine head come from. */
public enum Prototypes {
  /** Trained, initialised like the rows of a dense layer. */
  TRAINED,
  /**
   * The corners of a regular simplex around 0, fixed: any two have the cosine {@code -1 / (C - 1)},
   * the least that C prototypes can have (Papyan, Han, Donoho, "Prevalence of neural collapse",
   * PNAS 2020; fixed: Mettes, van der Pol, Snoek, "Hyperspherical prototype networks", NeurIPS
   * 2019). Corner j is {@code e_j - 1/C} of length 1, repeated over the d numbers of an embedding
   * as often as it fits. Embeddings are means of what a ReLU leaves, so never negative: repeated
   * like that, each class has numbers of its own that raise its cosine, up to {@code sqrt(1 -
   * 1/C)}.
   */
  SIMPLEX;

  /**
   * @throws IllegalArgumentException if embeddings of length {@code size} are too short
   */
  void requireFit(int classes, long size) {
    if (this == SIMPLEX && (classes < 2 || size < classes)) {
      throw new IllegalArgumentException(
          "prototypes: SIMPLEX needs at least two known classes and embeddings with at least as many numbers as known classes; there are %d classes and %d numbers"
              .formatted(classes, size));
    }
  }

  /**
   * The prototypes, of unit length.
   *
   * @param x [n, d]; only d is used
   * @return [classes, d]
   */
  Operand<TFloat32> of(Net net, Operand<TFloat32> x, int classes) {
    return switch (this) {
      case TRAINED -> Layers.prototypes(net, x, classes);
      case SIMPLEX -> simplex(net, classes, x.shape().get(1));
    };
  }

  private Operand<TFloat32> simplex(Net net, int classes, long size) {
    requireFit(classes, size);
    var copies = (int) size / classes;
    var length = Math.sqrt(copies * (1 - 1.0 / classes));
    var corners = new float[Math.toIntExact(classes * size)];
    for (var j = 0; j < classes; j++) {
      for (var i = 0; i < copies * classes; i++) {
        var own = i % classes == j ? 1 : 0;
        corners[(int) (j * size) + i] = (float) ((own - 1.0 / classes) / length);
      }
    }
    return net.tf().constant(Shape.of(classes, size), DataBuffers.of(corners));
  }
}
