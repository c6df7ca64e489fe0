package org.openmargin.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.SplitMix;

/**
 * Paints one cell among red cells, pixel by pixel from signed distances in coordinates -1..1, so at
 * any size. Lengths inside the cell are in units of its radius.
 */
record CellPainter(SplitMix random) {
  /**
   * One class per row: most similar class; cell radius; granules: spacing, density and how much
   * they hide the nucleus (0..1); round lobes of the nucleus: mean number, radius, radius and angle
   * (radians) of the arc they lie on; colours of cytoplasm, granules, nucleus.
   */
  private static final double[][] CLASSES = {
    {1, 0.50, 0.12, 0.05, 0.00, 1.0, 0.80, 0.00, 0.0, 0xb0c4e2, 0xb88cbe, 0x603a8a},
    {0, 0.60, 0.12, 0.08, 0.00, 1.0, 0.81, 0.00, 0.0, 0x92a4d8, 0xb88cbe, 0x8054a2},
    {1, 0.66, 0.10, 0.25, 0.00, 6.0, 0.38, 0.36, 3.4, 0xacb2d0, 0xb88cbe, 0x744c9c},
    {4, 0.58, 0.11, 0.60, 0.00, 8.0, 0.22, 0.50, 3.9, 0xe2c6d4, 0xb88cbe, 0x5c3486},
    {3, 0.58, 0.11, 0.65, 0.00, 3.7, 0.27, 0.45, 3.9, 0xe4c8d2, 0xb88cbe, 0x563082},
    {4, 0.60, 0.17, 0.92, 0.10, 2.0, 0.35, 0.44, 2.3, 0xecbeb2, 0xdc6c54, 0x623a8c},
    {0, 0.54, 0.18, 0.62, 0.75, 2.0, 0.42, 0.36, 2.4, 0xceb8de, 0x4a2670, 0x7a529c},
    {7, 0.20, 0.34, 0.75, 0.00, 0.0, 0.00, 0.00, 0.0, 0xc4acd6, 0x4a2670, 0x4a2670},
  };

  /** Writes RGB, {@code [sizePx, sizePx, 3]} row-major, from the offset on. */
  void paint(int label, int sizePx, byte[] target, int offset) {
    var own = CLASSES[label];
    var like = CLASSES[(int) own[0]];
    // Towards the similar class, sometimes beyond half way: keeps accuracy below 100 %.
    var part = random.nextInt(7) == 0 ? random.between(0.15, 0.55) : random.between(0, 0.15);
    var cell = IntStream.range(0, 9).mapToDouble(i -> lerp(own[i], like[i], part)).toArray();
    var body = cell[1] * random.around(1, 0.1);
    var cytoplasm = colour(own[9], like[9], part, 6, 0.04);
    var grain = colour(own[10], like[10], part, 8, 0);
    var chromatin = colour(own[11], like[11], part, 7, 0.07);
    var noise = new Noise(random.nextLong());
    var centreX = random.around(0, 0.06);
    var centreY = random.around(0, 0.06);
    var edge = Math.max(random.between(0.025, 0.09), 2.0 / sizePx);
    var nucleus = nucleus(cell[5], cell[6], cell[7], cell[8]);
    var redCells = new ArrayList<Disc>();
    for (var left = 2 + random.nextInt(4); left > 0; left--) {
      var angle = random.between(0, 2 * Math.PI);
      redCells.add(Disc.polar(angle, body + random.between(0.3, 0.9), random.around(0.33, 0.03)));
    }
    var background = colour(0xf0e3e1, 0xf0e3e1, 0, 3, 0);
    var gain = 0.985 * random.around(1, 0.04);
    var tone = IntStream.range(0, 3).mapToDouble(c -> gain + random.around(0, 0.015)).toArray();
    var tiltX = random.around(0, 0.03);
    var tiltY = random.around(0, 0.03);
    var grey = random.between(1.5, 6);
    var soft = edge / body;
    var grainBlur = Math.max(0.3, soft / cell[2]);
    // Granules smaller than the edge's softness fade into a tint.
    var tint = 0.85 * Math.min(1, 1.2 / grainBlur);
    for (var i = 0; i < sizePx * sizePx; i++) {
      var x = (i % sizePx + 0.5) * 2 / sizePx - 1;
      var y = (Math.floorDiv(i, sizePx) + 0.5) * 2 / sizePx - 1;
      var u = (x - centreX) / body;
      var v = (y - centreY) / body;
      var distance = Math.sqrt(u * u + v * v) - 1 + 0.08 * noise.at(2.2 * u, 2.2 * v);
      var inside = smooth(0.5 - distance / soft);
      var shade = 1 + 0.012 * noise.at(2 * x, 2 * y);
      var seen = new double[] {shade * background[0], shade * background[1], shade * background[2]};
      redCells.forEach(disc -> stain(seen, disc, disc.distance(x, y), edge));
      if (inside > 0) {
        var spots = tint * noise.spots(u / cell[2], v / cell[2], cell[3], grainBlur);
        var wavy = 0.06 * noise.at(3 * u + 5, 3 * v);
        var inNucleus = smooth(0.5 - joined(nucleus, u + wavy, v - wavy) / soft);
        var plasmaShade = 1 + 0.05 * noise.rough(4 * u, 4 * v);
        var nucleusShade = 1 + 0.2 * noise.rough(5.5 * u - 13, 5.5 * v);
        for (var c = 0; c < 3; c++) {
          var plasma = lerp(plasmaShade * cytoplasm[c], grain[c], spots);
          var surface = lerp(nucleusShade * chromatin[c], grain[c], spots * cell[4]);
          seen[c] = lerp(seen[c], lerp(plasma, surface, inNucleus), inside);
        }
      }
      var shared = random.around(0, grey);
      for (var c = 0; c < 3; c++) {
        var added = c == 1 ? shared : random.around(shared, grey / 2);
        var value = Math.round((1 + tiltX * x + tiltY * y) * tone[c] * seen[c] + added);
        target[offset + 3 * i + c] = (byte) Math.max(0, Math.min(255, value));
      }
    }
  }

  /** RGB between two colours, 0..255; then one random factor, and a deviation per channel. */
  private double[] colour(double a, double b, double part, double deviation, double brightness) {
    var factor = random.around(1, brightness);
    return IntStream.of(16, 8, 0)
        .mapToDouble(bit -> lerp((int) a >> bit & 0xff, (int) b >> bit & 0xff, part) * factor)
        .map(channel -> channel + random.around(0, deviation))
        .toArray();
  }

  /** Lobes with thin bridges, moved most of the way to the middle: an arc is heavy on one side. */
  private List<Disc> nucleus(double mean, double lobeRadius, double arcRadius, double arcSpan) {
    var lobes = (int) Math.round(mean <= 1 ? mean : random.around(mean, 0.4));
    var turn = random.between(0, 2 * Math.PI);
    var span = arcSpan * random.around(1, 0.12);
    var arc = arcRadius * random.around(1, 0.08);
    var discs = new ArrayList<Disc>();
    for (var i = 0; i < 4 * lobes - 3; i++) {
      var angle = turn + span * (lobes == 1 ? 0 : i / (4.0 * lobes - 4) - 0.5);
      var radius = i % 4 == 0 ? lobeRadius * random.around(1, 0.09) : 0.09;
      discs.add(Disc.polar(angle, arc + random.around(0, 0.05), radius));
    }
    var x = 0.7 * discs.stream().mapToDouble(Disc::x).average().orElse(0);
    var y = 0.7 * discs.stream().mapToDouble(Disc::y).average().orElse(0);
    return discs.stream().map(d -> new Disc(d.x() - x, d.y() - y, d.radius())).toList();
  }

  /** The look through a red cell, which has a pale centre. */
  private static void stain(double[] seen, Disc disc, double distance, double edge) {
    var pale = 0.4 * smooth(-distance / disc.radius() - 0.2);
    var stain = smooth(0.5 - distance / edge) * (1 - pale);
    seen[0] *= 1 - 0.09 * stain;
    seen[1] *= 1 - 0.27 * stain;
    seen[2] *= 1 - 0.28 * stain;
  }

  /** Signed distance to a nucleus: the polynomial smooth minimum over its discs. */
  private static double joined(List<Disc> discs, double u, double v) {
    var nearest = 2.0;
    for (var disc : discs) {
      var next = disc.distance(u, v);
      var overlap = Math.max(0, 1 - Math.abs(nearest - next) / 0.15);
      nearest = Math.min(nearest, next) - 0.15 * overlap * overlap / 4;
    }
    return nearest;
  }

  /** A smooth step from 0 to 1 as t goes from 0 to 1. */
  static double smooth(double t) {
    var in = Math.max(0, Math.min(1, t));
    return in * in * (3 - 2 * in);
  }

  static double lerp(double a, double b, double part) {
    return a + (b - a) * part;
  }

  record Disc(double x, double y, double radius) {
    /** Signed distance: negative inside. */
    double distance(double px, double py) {
      return Math.sqrt((px - x) * (px - x) + (py - y) * (py - y)) - radius;
    }

    static Disc polar(double angle, double distance, double radius) {
      return new Disc(distance * StrictMath.cos(angle), distance * StrictMath.sin(angle), radius);
    }
  }

  /** Random textures of the plane, hashed from lattice points: stateless, the same everywhere. */
  record Noise(long seed) {
    /** Value noise in [-1, 1]: a smooth field whose bumps are about one unit wide. */
    double at(double x, double y) {
      var i = (long) Math.floor(x);
      var j = (long) Math.floor(y);
      var u = smooth(x - i);
      var top = lerp(unit(hash(i, j)), unit(hash(i + 1, j)), u);
      var bottom = lerp(unit(hash(i, j + 1)), unit(hash(i + 1, j + 1)), u);
      return 2 * lerp(top, bottom, smooth(y - j)) - 1;
    }

    double rough(double x, double y) {
      return (2 * at(x, y) + at(2.03 * x + 17.3, 2.03 * y - 9.1)) / 3;
    }

    /**
     * How much spots of radius 0.42 cover a point, 0..1. A {@code share} of the unit squares holds
     * one spot each; {@code blur} is the width of a spot's edge.
     */
    double spots(double x, double y, double share, double blur) {
      var cover = 0.0;
      for (var i = (long) Math.floor(x) - 1; i <= Math.floor(x) + 1; i++) {
        for (var j = (long) Math.floor(y) - 1; j <= Math.floor(y) + 1; j++) {
          var hash = hash(i, j);
          if (unit(hash) < share) {
            var spot = new Disc(i + unit(hash << 12), j + unit(hash << 24), 0.42);
            cover = Math.max(cover, 0.5 - spot.distance(x, y) / blur);
          }
        }
      }
      return Math.min(1, cover);
    }

    private long hash(long i, long j) {
      var z = seed + i * 0x9E3779B97F4A7C15L + j * 0xC2B2AE3D27D4EB4FL;
      z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
      z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
      return z ^ (z >>> 32);
    }

    /** The upper 16 bits as a number in [0, 1). */
    private static double unit(long hash) {
      return (hash >>> 48) * 0x1.0p-16;
    }
  }
}
