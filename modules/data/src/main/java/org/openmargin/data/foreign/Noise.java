package org.openmargin.data.foreign;

import org.openmargin.data.SplitMix;

/** Images without shapes: flat ones, and noise. */
final class Noise {
  private Noise() {}

  /** A dark frame: one in four exactly black, others up to 10 of 255, with a sensor's noise. */
  static void black(Canvas canvas, SplitMix random) {
    var dark = random.nextInt(4) > 0;
    flat(canvas, random, dark ? random.between(0, 10) : 0, dark ? random.between(0, 3) : 0);
  }

  /** An overexposed frame: from 245 on, one in four exactly white. */
  static void white(Canvas canvas, SplitMix random) {
    var varied = random.nextInt(4) > 0;
    flat(canvas, random, varied ? random.between(245, 255) : 255, varied ? 2 : 0);
  }

  static void grey(Canvas canvas, SplitMix random) {
    flat(canvas, random, random.between(40, 215), random.between(0, 3));
  }

  private static void flat(Canvas canvas, SplitMix random, double level, double noise) {
    canvas.fill((y, x, c) -> random.around(level, noise));
  }

  /** One saturated colour: the brightest and the darkest channel at least 100 apart. */
  static void flatColour(Canvas canvas, SplitMix random) {
    var colour = new double[3];
    do {
      for (var c = 0; c < colour.length; c++) {
        colour[c] = random.between(0, 255);
      }
    } while (range(colour) < 100);
    canvas.fill((y, x, c) -> random.around(colour[c], 1));
  }

  private static double range(double[] colour) {
    return Math.max(colour[0], Math.max(colour[1], colour[2]))
        - Math.min(colour[0], Math.min(colour[1], colour[2]));
  }

  /** Every value independent and uniform. */
  static void uniform(Canvas canvas, SplitMix random) {
    canvas.fill((y, x, c) -> random.nextInt(256));
  }

  /** Every value independent, around a mean colour, deviation 25 to 80. */
  static void gaussian(Canvas canvas, SplitMix random) {
    var mean = canvas.colour(random);
    var deviation = random.between(25, 80);
    canvas.fill((y, x, c) -> random.around(mean[c], deviation));
  }

  /** Random values on a lattice of 2 to 8 cells a side, smooth in between. */
  static void coarse(Canvas canvas, SplitMix random) {
    var cells = 2 + random.nextInt(7);
    var lattice = new double[3][cells + 1][cells + 1];
    for (var plane : lattice) {
      for (var row : plane) {
        for (var i = 0; i < row.length; i++) {
          row[i] = random.between(0, 255);
        }
      }
    }
    var shape = canvas.shape();
    canvas.fill(
        (y, x, c) -> bilinear(lattice[c], y * cells / shape.height(), x * cells / shape.width()));
  }

  private static double bilinear(double[][] lattice, double y, double x) {
    var i = (int) y;
    var j = (int) x;
    var top = lerp(lattice[i][j], lattice[i][j + 1], x - j);
    var bottom = lerp(lattice[i + 1][j], lattice[i + 1][j + 1], x - j);
    return lerp(top, bottom, y - i);
  }

  private static double lerp(double a, double b, double part) {
    return a + (b - a) * part;
  }
}
