package org.openmargin.map.picture;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.stream.IntStream;

/** The shape of a symbol; all but the star have roughly equal areas. */
enum Outline {
  CIRCLE(0, 1, 1, 0),
  SQUARE(4, 1.2, 1.2, 45),
  DIAMOND(4, 1.25, 1.25, 0),
  TRIANGLE(3, 1.4, 1.4, 0),
  STAR(10, 1.5, 0.65, 0);

  private final int corners;
  private final double even;
  private final double odd;
  private final double degrees;

  /**
   * @param corners of the polygon; 0 for a circle
   * @param even distance of every second corner from the centre, in radii; the first is at the top
   * @param odd distance of the others
   * @param degrees of rotation
   */
  Outline(int corners, double even, double odd, double degrees) {
    this.corners = corners;
    this.even = even;
    this.odd = odd;
    this.degrees = degrees;
  }

  /** The corners of a polygon around (0, 0), y downwards. */
  List<Point2D> corners(double radius) {
    return IntStream.range(0, corners).mapToObj(i -> corner(i, radius)).toList();
  }

  private Point2D corner(int i, double radius) {
    var angle = Math.toRadians(degrees + 360.0 * i / corners);
    var distance = radius * (i % 2 == 0 ? even : odd);
    return new Point2D.Double(distance * Math.sin(angle), -distance * Math.cos(angle));
  }

  /** The shape around (x, y). */
  Shape shape(double x, double y, double radius) {
    if (this == CIRCLE) {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    var path = new Path2D.Double();
    var points = corners(radius);
    path.moveTo(x + points.get(0).getX(), y + points.get(0).getY());
    points.forEach(p -> path.lineTo(x + p.getX(), y + p.getY()));
    path.closePath();
    return path;
  }
}
