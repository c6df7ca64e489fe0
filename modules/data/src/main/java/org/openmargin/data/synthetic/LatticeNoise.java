package org.openmargin.data.synthetic;

import org.openmargin.data.SplitMix;

/**
 * Smooth random fields over the plane (value noise) and scattered spots, from hashes of lattice
 * points: no state, the same numbers everywhere.
 */
final class LatticeNoise {

  private final long seed;

  LatticeNoise(SplitMix random) {
    this.seed = random.nextLong();
  }

  /** A smooth field in [-1, 1] whose bumps are about one unit wide. */
  double at(double x, double y) {
    double column = Math.floor(x);
    double row = Math.floor(y);
    double u = smooth(x - column);
    double v = smooth(y - row);
    long i = (long) column;
    long j = (long) row;
    double top = lerp(value(i, j), value(i + 1, j), u);
    double bottom = lerp(value(i, j + 1), value(i + 1, j + 1), u);
    return lerp(top, bottom, v);
  }

  /** Two octaves of {@link #at}, in [-1, 1]. */
  double rough(double x, double y) {
    return (2 * at(x, y) + at(2.03 * x + 17.3, 2.03 * y - 9.1)) / 3;
  }

  /**
   * Spots of radius about 0.4, at most one per unit square.
   *
   * @param share of the squares that have a spot, 0..1
   * @param blur width of a spot's edge
   * @return how much a spot covers here, 0..1
   */
  double spots(double x, double y, double share, double blur) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double cover = 0;
    for (long i = column - 1; i <= column + 1; i++) {
      for (long j = row - 1; j <= row + 1; j++) {
        long hash = hash(i, j);
        if (unit(hash) < share) {
          double dx = x - i - unit(hash << 12);
          double dy = y - j - unit(hash << 24);
          double radius = 0.3 + 0.25 * unit(hash << 36);
          double inside = 0.5 + (radius - Math.sqrt(dx * dx + dy * dy)) / blur;
          cover = Math.max(cover, inside);
        }
      }
    }
    return Math.min(1, cover);
  }

  private double value(long i, long j) {
    return 2 * unit(hash(i, j)) - 1;
  }

  private long hash(long i, long j) {
    long z = seed + i * 0x9E3779B97F4A7C15L + j * 0xC2B2AE3D27D4EB4FL;
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    return z ^ (z >>> 32);
  }

  /** The upper 16 bits as a number in [0, 1). */
  private static double unit(long hash) {
    return (hash >>> 48) * 0x1.0p-16;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double lerp(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
