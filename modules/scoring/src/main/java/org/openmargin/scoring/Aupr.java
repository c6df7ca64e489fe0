package org.openmargin.scoring;

/**
 * Area under the precision-recall curve, trapezoids between the points of the distinct scores,
 * starting at recall 0 with precision 1. Exact on ties. Source: the convention of OpenOOD (Zhang et
 * al., 2023), which calls the two directions AUPR-in and AUPR-out.
 */
public final class Aupr {
  private Aupr() {}

  /**
   * Unknown is the positive class (AUPR-out): precision of what is rejected.
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @throws IllegalArgumentException when either side is empty or a score is NaN
   */
  public static double unknownPositive(double[] known, double[] unknown) {
    return area(unknown, known, -1);
  }

  /** Known is the positive class (AUPR-in): precision of what is accepted. */
  public static double knownPositive(double[] known, double[] unknown) {
    return area(known, unknown, 1);
  }

  /** Sweeps sign * score upwards, so that the positives should come first. */
  private static double area(double[] positives, double[] negatives, int sign) {
    Sweep sweep = Sweep.of(times(sign, positives), times(sign, negatives));
    double area = 0;
    double lastPrecision = 1;
    long lastHits = 0;
    for (int i = 0; i < sweep.size(); i++) {
      long hits = sweep.known()[i];
      double precision = (double) hits / (hits + sweep.unknown()[i]);
      area += (hits - lastHits) * (lastPrecision + precision) / 2;
      lastPrecision = precision;
      lastHits = hits;
    }
    return area / positives.length;
  }

  private static double[] times(int sign, double[] scores) {
    double[] product = scores.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= sign;
    }
    return product;
  }
}
