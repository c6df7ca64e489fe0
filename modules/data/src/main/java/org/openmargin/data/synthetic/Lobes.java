package org.openmargin.data.synthetic;

import java.util.Arrays;
import org.openmargin.data.SplitMix;

/**
 * The outline of a nucleus: lobes on an arc, joined smoothly, as a signed distance (negative
 * inside).
 */
final class Lobes {

  private final double[] x;
  private final double[] y;
  private final double[] radius;
  private final double joint;
  private final double strand;

  private Lobes(int count, double joint, double strand) {
    this.x = new double[count];
    this.y = new double[count];
    this.radius = new double[count];
    this.joint = joint;
    this.strand = strand;
  }

  /**
   * Places the lobes of one cell around (0, 0).
   *
   * @param traits means
   * @param cellRadius the cell's radius
   * @param random decides number, place and size
   */
  static Lobes of(CellTraits.Nucleus traits, double cellRadius, SplitMix random) {
    double joint = cellRadius * random.between(0.06, 0.22);
    double strand = cellRadius * random.between(0.05, 0.12);
    Lobes lobes = new Lobes(count(traits.lobes(), random), joint, strand);
    double turn = random.between(0, 2 * Math.PI);
    double span = random.around(traits.arcSpan(), 0.12 * traits.arcSpan());
    double arc = cellRadius * random.around(traits.arcRadius(), 0.08 * traits.arcRadius());
    double jitter = 0.06 * cellRadius;
    for (int i = 0; i < lobes.x.length; i++) {
      double along = lobes.x.length == 1 ? 0 : (double) i / (lobes.x.length - 1) - 0.5;
      double angle = turn + span * along;
      lobes.x[i] = arc * StrictMath.cos(angle) + random.around(0, jitter);
      lobes.y[i] = arc * StrictMath.sin(angle) + random.around(0, jitter);
      lobes.radius[i] = cellRadius * random.around(traits.lobeRadius(), 0.09 * traits.lobeRadius());
    }
    lobes.centre();
    return lobes;
  }

  /** A whole number around the mean; one lobe stays one, and no nucleus stays none. */
  private static int count(double mean, SplitMix random) {
    double deviation = mean > 1 ? 0.45 : 0;
    return mean == 0 ? 0 : Math.max(1, (int) Math.round(random.around(mean, deviation)));
  }

  boolean isEmpty() {
    return x.length == 0;
  }

  /** Signed distance: the polynomial smooth minimum over lobes and the strands between them. */
  double distance(double px, double py) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      double dx = px - x[i];
      double dy = py - y[i];
      nearest = join(nearest, Math.sqrt(dx * dx + dy * dy) - radius[i]);
      if (i > 0) {
        nearest = join(nearest, strandDistance(px, py, i));
      }
    }
    return nearest;
  }

  private double join(double a, double b) {
    double overlap = Math.max(0, 1 - Math.abs(a - b) / joint);
    return Math.min(a, b) - joint * overlap * overlap / 4;
  }

  /** Distance to the line from lobe i-1 to lobe i, less the strand's thickness. */
  private double strandDistance(double px, double py, int i) {
    double lineX = x[i] - x[i - 1];
    double lineY = y[i] - y[i - 1];
    double dx = px - x[i - 1];
    double dy = py - y[i - 1];
    double length = lineX * lineX + lineY * lineY;
    double along = length == 0 ? 0 : Math.max(0, Math.min(1, (dx * lineX + dy * lineY) / length));
    double offX = dx - along * lineX;
    double offY = dy - along * lineY;
    return Math.sqrt(offX * offX + offY * offY) - strand;
  }

  /** Moves the lobes most of the way to the middle of the cell: an arc is heavy on one side. */
  private void centre() {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    for (int i = 0; i < x.length; i++) {
      x[i] -= 0.7 * meanX;
      y[i] -= 0.7 * meanY;
    }
  }
}
