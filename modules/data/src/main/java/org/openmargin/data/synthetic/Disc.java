package org.openmargin.data.synthetic;

record Disc(double x, double y, double radius) {

  /** Signed distance: negative inside. */
  double distance(double px, double py) {
    return Math.sqrt((px - x) * (px - x) + (py - y) * (py - y)) - radius;
  }

  /** At an angle and a distance from (0, 0). */
  static Disc polar(double angle, double distance, double radius) {
    return new Disc(distance * StrictMath.cos(angle), distance * StrictMath.sin(angle), radius);
  }
}
