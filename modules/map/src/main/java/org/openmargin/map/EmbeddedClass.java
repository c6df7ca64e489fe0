package org.openmargin.map;

import java.util.Arrays;

/**
 * The images of one class in a space.
 *
 * @param rows [images][d], at least one
 * @param meanLength mean Euclidean length of the embeddings before any normalization
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record EmbeddedClass(String name, double[][] rows, double meanLength) {

  public EmbeddedClass {
    if (rows.length == 0) {
      throw new IllegalArgumentException("class '" + name + "' has no images");
    }
  }

  /** Moves embeddings, as computed by the backbone, into the space. */
  public static EmbeddedClass of(String name, float[][] embeddings, Space space) {
    var length =
        Arrays.stream(Space.EMBEDDING.of(embeddings)).mapToDouble(Metric::length).average();
    return new EmbeddedClass(name, space.of(embeddings), length.orElse(0));
  }

  double[] mean() {
    return Means.of(rows);
  }
}
