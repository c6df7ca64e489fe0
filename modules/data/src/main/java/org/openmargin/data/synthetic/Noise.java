package org.openmargin.data.synthetic;

/**
 * Random textures of the plane from hashes of lattice points: no state, the same numbers
 * everywhere.
 */
record Noise(long seed) {

  /** Value noise in [-1, 1]: a smooth field whose bumps are about one unit wide. */
  double at(double x, double y) {
    var i = (long) Math.floor(x);
    var j = (long) Math.floor(y);
    var u = smooth(x - i);
    var top = Cell.lerp(unit(hash(i, j)), unit(hash(i + 1, j)), u);
    var bottom = Cell.lerp(unit(hash(i, j + 1)), unit(hash(i + 1, j + 1)), u);
    return 2 * Cell.lerp(top, bottom, smooth(y - j)) - 1;
  }

  /**
   * Spots of radius about 0.4, at most one per unit square.
   *
   * @param share of the squares that have a spot, 0..1
   * @param blur width of a spot's edge
   * @return how much a spot covers here, 0..1
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

  /** A smooth step from 0 to 1 as t goes from 0 to 1. */
  static double smooth(double t) {
    var in = Math.max(0, Math.min(1, t));
    return in * in * (3 - 2 * in);
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
