package org.openmargin.speed.scale;

import java.util.List;

/**
 * A cost as a straight line in the size.
 *
 * @param fixed cost at size 0
 * @param each cost of one more
 */
record Slope(double fixed, double each) {

  /**
   * @param size of what was measured
   * @param cost in any unit
   */
  record Point(double size, double cost) {}

  /**
   * By least squares.
   *
   * @param points at least two, of different sizes
   */
  static Slope of(List<Point> points) {
    var size = points.stream().mapToDouble(Point::size).average().orElseThrow();
    var cost = points.stream().mapToDouble(Point::cost).average().orElseThrow();
    var together = points.stream().mapToDouble(p -> (p.size() - size) * (p.cost() - cost)).sum();
    var squares = points.stream().mapToDouble(p -> Math.pow(p.size() - size, 2)).sum();
    var each = together / squares;
    return new Slope(cost - each * size, each);
  }

  double at(double size) {
    return fixed + each * size;
  }

  /** The size at which the cost is reached. */
  double reaches(double cost) {
    return (cost - fixed) / each;
  }
}
