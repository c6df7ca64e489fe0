package org.openmargin.map;

import java.util.Arrays;
import java.util.Locale;
import org.openmargin.scoring.numeric.Vectors;

/** The space that is mapped. */
public enum Space {
  /** Unchanged embeddings: the input of a dense or distance head. */
  EMBEDDING,
  /** Embeddings scaled to unit Euclidean length: the input of a cosine head. */
  NORMALIZED;

  /** The spelling in files and options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An embedding [d] in this space, as a copy; zeros stay zeros. */
  public double[] of(float[] embedding) {
    var row = Vectors.doubles(embedding);
    var length = this == NORMALIZED ? Metric.length(row) : 1;
    for (var k = 0; k < row.length && length > 0; k++) {
      row[k] /= length;
    }
    return row;
  }

  /** Each row of [n][d] in this space. */
  public double[][] of(float[][] embeddings) {
    return Arrays.stream(embeddings).map(this::of).toArray(double[][]::new);
  }
}
