package org.openmargin.benchmark;

/**
 * Student's t distribution with a whole number of degrees of freedom, by its finite sums
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 */
final class StudentT {
  private StudentT() {}

  /** P(|T| >= |t|). */
  static double twoSidedP(double t, int degrees) {
    if (Double.isInfinite(t)) {
      return 0;
    }
    double angle = Math.atan(Math.abs(t) / Math.sqrt(degrees));
    double cosine = Math.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 2 : 1; k < degrees - 1; k += 2) {
      term *= cosine * cosine * k / (k + 1);
      sum += term;
    }
    double inside = Math.sin(angle) * sum;
    double p = 1 - (odd ? 2 / Math.PI * (angle + inside) : inside);
    return Math.min(1, Math.max(0, p));
  }

  /** The t with P(|T| >= t) = {@code p}; by bisection. */
  static double twoSidedQuantile(double p, int degrees) {
    double low = 0;
    double high = 1;
    while (twoSidedP(high, degrees) > p) {
      high *= 2;
    }
    for (int i = 0; i < 200 && low < high; i++) {
      double middle = (low + high) / 2;
      if (twoSidedP(middle, degrees) > p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
