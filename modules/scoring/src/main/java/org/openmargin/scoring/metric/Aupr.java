package org.openmargin.scoring.metric;

/**
 * Area under the precision-recall curve, trapezoids between the points of the distinct scores,
 * starting at recall 0 with precision 1. Exact on ties, O(n log n). Source: the convention of
 * OpenOOD (Zhang et al., 2023).
 *
 * <p>Names: <b>AUIN</b>, AUPR-in and "AUPR known" are {@link #knownPositive}, where known
 * ("in-distribution") images are the positive class and acceptance finds them; <b>AUOUT</b>,
 * AUPR-out and "AUPR unknown" are {@link #unknownPositive}, where unknown images are positive and
 * rejection finds them. The code released with ARPL prints values under the same names from curves
 * that do not start at precision 1: they stay below 1 for perfect separation and are not
 * comparable.
 */
final class Aupr {
  private Aupr() {}

  static double unknownPositive(Sweep sweep) {
    var area = new Area();
    for (int i = sweep.size() - 1; i >= 0; i--) {
      area.add(
          (long) sweep.unknownImages() - Sweep.below(sweep.unknown(), i),
          (long) sweep.knownImages() - Sweep.below(sweep.known(), i));
    }
    return area.sum / sweep.unknownImages();
  }

  static double knownPositive(Sweep sweep) {
    var area = new Area();
    for (int i = 0; i < sweep.size(); i++) {
      area.add(sweep.known()[i], sweep.unknown()[i]);
    }
    return area.sum / sweep.knownImages();
  }

  /** Trapezoids below the curve so far; recall is counted in images. */
  private static final class Area {
    private double sum;
    private double precision = 1;
    private long hits;

    /** Adds a point; counts are of images found so far. */
    void add(long positives, long negatives) {
      var here = (double) positives / (positives + negatives);
      sum += (positives - hits) * (precision + here) / 2;
      precision = here;
      hits = positives;
    }
  }
}
