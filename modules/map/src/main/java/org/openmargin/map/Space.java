package org.openmargin.map;

import java.util.Arrays;
import java.util.Locale;
import org.openmargin.scoring.numeric.Vectors;

/** The space that is mapped. */
public enum Space {
  /** Embeddings as the backbone gives them: what a dense or a distance head sees. */
  EMBEDDING,
  /** Embeddings of unit Euclidean length: what a cosine head sees. */
  NORMALIZED;

  /** As files and options spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * An embedding in this space.
   *
   * @param embedding [d]; not changed
   * @return [d]; an embedding of zeros stays one
   */
  public double[] of(float[] embedding) {
    var row = Vectors.doubles(embedding);
    var length = this == NORMALIZED ? Metric.length(row) : 1;
    for (var k = 0; k < row.length && length > 0; k++) {
      row[k] /= length;
    }
    return row;
  }

  /** Every row in this space: [n][d] to [n][d]. */
  public double[][] of(float[][] embeddings) {
    return Arrays.stream(embeddings).map(this::of).toArray(double[][]::new);
  }
}
