package org.openmargin.map.picture;

import java.util.List;
import java.util.stream.IntStream;

/** The shape of a point in a picture; polygons of about equal area. */
enum Outline {
  CIRCLE(0, 1, 1, 0),
  SQUARE(4, 1.2, 1.2, 45),
  DIAMOND(4, 1.25, 1.25, 0),
  TRIANGLE(3, 1.4, 1.4, 0),
  STAR(10, 1.5, 0.65, 0);

  private final int corners;
  private final double odd;
  private final double even;
  private final double degrees;

  /**
   * @param corners of the polygon; 0 for a circle
   * @param even distance of every second corner, the first one is at the top
   * @param odd distance of the others
   */
  Outline(int corners, double even, double odd, double degrees) {
    this.corners = corners;
    this.odd = odd;
    this.even = even;
    this.degrees = degrees;
  }

  boolean isCircle() {
    return corners == 0;
  }

  /** The corners for a radius, around (0, 0), y downwards. */
  List<Corner> corners(double radius) {
    return IntStream.range(0, corners).mapToObj(i -> corner(i, radius)).toList();
  }

  private Corner corner(int i, double radius) {
    double angle = Math.toRadians(degrees + 360.0 * i / corners);
    double distance = radius * (i % 2 == 0 ? even : odd);
    return new Corner(distance * Math.sin(angle), -distance * Math.cos(angle));
  }

  record Corner(double x, double y) {}
}
