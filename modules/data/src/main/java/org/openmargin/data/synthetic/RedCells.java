package org.openmargin.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.SplitMix;

/** The red cells around the cell in the middle: discs with a pale centre, partly cut off. */
final class RedCells {

  private static final int TRIES = 10;
  private static final double REACH = 1.35;

  private final List<Disc> discs;
  private final Rgb colour;

  private RedCells(List<Disc> discs, Rgb colour) {
    this.discs = List.copyOf(discs);
    this.colour = colour;
  }

  /** Scatters red cells over the image, outside a circle of radius {@code free} in the middle. */
  static RedCells around(double free, SplitMix random) {
    int wanted = 2 + random.nextInt(5);
    List<Disc> discs = new ArrayList<>();
    for (int i = 0; i < wanted * TRIES && discs.size() < wanted; i++) {
      Disc disc = Disc.at(random);
      boolean crowded = discs.stream().anyMatch(other -> other.gap(disc) < -0.15);
      if (!crowded
          && Math.sqrt(disc.x() * disc.x() + disc.y() * disc.y()) > free + 0.8 * disc.radius()) {
        discs.add(disc);
      }
    }
    return new RedCells(discs, new Rgb(234, 186, 184).vary(random, 5));
  }

  /** The background with the red cells before it. */
  Rgb over(Rgb background, double x, double y, double blur) {
    Rgb seen = background;
    for (Disc disc : discs) {
      double distance = disc.distance(x, y);
      double cover = CellDrawing.cover(distance, blur);
      if (cover > 0) {
        double depth = Math.min(1, -distance / disc.radius());
        double pale = disc.pallor() * CellDrawing.cover(0.62 - depth, 0.5);
        seen =
            seen.through(
                colour
                    .mix(new Rgb(255, 255, 255), Math.max(0, pale))
                    .mix(new Rgb(255, 255, 255), 1 - cover));
      }
    }
    return seen;
  }

  private record Disc(double x, double y, double radius, double stretch, double pallor) {

    static Disc at(SplitMix random) {
      return new Disc(
          random.between(-REACH, REACH),
          random.between(-REACH, REACH),
          random.around(0.33, 0.03),
          random.around(1, 0.05),
          random.between(0.2, 0.6));
    }

    double distance(double px, double py) {
      double dx = (px - x) * stretch;
      double dy = (py - y) / stretch;
      return Math.sqrt(dx * dx + dy * dy) - radius;
    }

    double gap(Disc other) {
      return distance(other.x, other.y) - other.radius;
    }
  }
}
