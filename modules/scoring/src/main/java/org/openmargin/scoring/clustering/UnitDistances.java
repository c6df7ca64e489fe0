package org.openmargin.scoring.clustering;

import org.openmargin.scoring.numeric.Vectors;

/**
 * Distances between embeddings of length 1.
 *
 * @param units [n][d]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record UnitDistances(double[][] units) {

  /**
   * @param embeddings [n][d], of any length
   */
  static UnitDistances of(float[][] embeddings) {
    var units = new double[embeddings.length][];
    for (var i = 0; i < units.length; i++) {
      units[i] = Vectors.unit(Vectors.doubles(embeddings[i]));
    }
    return new UnitDistances(units);
  }

  int size() {
    return units.length;
  }

  /** 1 - cosine. */
  double cosine(int a, int b) {
    return Math.max(0, 1 - Vectors.dot(units[a], units[b]));
  }

  /** sqrt(2 - 2 cosine). */
  double euclidean(int a, int b) {
    return Math.sqrt(2 * cosine(a, b));
  }
}
