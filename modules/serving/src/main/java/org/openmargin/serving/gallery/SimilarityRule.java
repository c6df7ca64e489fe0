package org.openmargin.serving.gallery;

import java.util.List;
import java.util.PriorityQueue;

/** How similar an embedding is to an identity: a number in [-1, 1]. */
public sealed interface SimilarityRule {

  /**
   * The cosine to {@code normalize(mean(templates))}. One row per identity, however many templates
   * it has.
   */
  record Centroid() implements SimilarityRule {}

  /**
   * The mean cosine to the k nearest templates of the identity, or to all if it has fewer; with k =
   * 1, the largest cosine.
   *
   * @param k at least 1
   */
  record NearestTemplates(int k) implements SimilarityRule {
    /** The graph has a few operations for each. */
    private static final int MOST = 50;

    public NearestTemplates {
      if (k < 1 || k > MOST) {
        throw new IllegalArgumentException(
            "the number of nearest templates must be between 1 and %d; got %d".formatted(MOST, k));
      }
    }

    double mean(float[] unit, List<float[]> templates, int left) {
      var nearest = new PriorityQueue<Double>();
      for (var i = 0; i < templates.size(); i++) {
        if (i != left) {
          nearest.add(UnitVectors.dot(unit, templates.get(i)));
          if (nearest.size() > k) {
            nearest.remove();
          }
        }
      }
      return nearest.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /**
   * Similarity of a template to the other templates of its identity.
   *
   * @param templates unit vectors, at least two
   * @param row of the template
   */
  default double leavingOut(List<float[]> templates, int row) {
    var unit = templates.get(row);
    if (this instanceof NearestTemplates nearest) {
      return nearest.mean(unit, templates, row);
    }
    return UnitVectors.dot(unit, UnitVectors.centroidWithout(templates, row));
  }

  /** What an embedding is compared with, for one identity. */
  default List<float[]> rows(Identity identity) {
    return this instanceof Centroid ? List.of(identity.centroid()) : identity.templates();
  }

  /**
   * @param unit of length 1
   */
  default double similarity(float[] unit, Identity identity) {
    if (this instanceof NearestTemplates nearest) {
      return nearest.mean(unit, identity.templates(), -1);
    }
    return UnitVectors.dot(unit, identity.centroid());
  }
}
